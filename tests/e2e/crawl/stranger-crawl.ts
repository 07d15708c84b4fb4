import { beforeAll, expect, test } from "vitest";
import { fileRooms, type MarkedVideo, readRooms } from "#tests/e2e/crawl/crawl-scene.ts";
import { hide, hideAll, isByAddress, makeScene, type Scene, waitForIndex } from "#tests/e2e/crawl/crawl-site.ts";
import { type Answer, askAsStranger, askEach, crawl } from "#tests/e2e/crawl/crawler.ts";
import {
  addressesOfVideo,
  documentedPaths,
  groupPaths,
  listPaths,
  listSeeds,
  rememberedPaths,
  wordQuestions,
} from "#tests/e2e/crawl/seeds.ts";
import { findTraces } from "#tests/e2e/crawl/traces.ts";
import { waitFor } from "#tests/setup/wait-for.ts";

/** How many videos a search says it found, and how they divide. */
type Found = { engine: string; total: { count: number }; facets: Record<string, { value: string; count: number }[]> };

/** An index on a server of its own that can be kept as it is, while it goes on answering. */
export type HeldIndex = {
  /** Takes no removals from now on. */
  hold: () => void;
  /** Has what waits for it count as new for as long as it is held, so that it is asked all the same. */
  stayFresh: () => Promise<unknown>;
  release: () => void;
  goAway: () => Promise<void>;
  /** Back with all that it had. */
  comeBack: () => Promise<void>;
  /** Ids of the videos that it has. */
  videoIds: () => ReadonlySet<string>;
};

/** A site to crawl: its address, and the index that it searches in when that is not the database's. */
export type Crawled = { origin: string; index?: HeldIndex };

/** Which engine answered each search among these. */
const enginesOf = (answers: readonly Answer[]): string[] =>
  answers
    .filter(({ path }) => path.startsWith("/api/v1/search?"))
    .map(({ text }) => /"engine":"(\w+)"/.exec(text)?.[1] ?? text.slice(0, 200));

/**
 * The tests of a crawl, for one search engine. A first crawl finds every word and every file of every video, so that the second
 * one, after most of them were hidden, would find them too if they were anywhere. An index that can be held still has what is
 * hidden when strangers ask right after.
 */
export const strangerCrawl = ({ engine, open }: { engine: string; open: () => Promise<Crawled> }): void => {
  let scene: Scene;
  let index: HeldIndex | undefined;
  let before: Answer[];
  let after: Answer[];
  let documented: string[] = [];
  const ask = async (path: string): Promise<Found> => {
    const response = await fetch(scene.origin + path);
    expect(response.status, path).toBe(200);
    return response.json();
  };

  const expectCounts = async (kept: readonly MarkedVideo[] = scene.kept): Promise<void> => {
    const { names } = scene;
    const tags = kept.map(({ marks }) => marks.tag).toSorted();
    for (const path of ["/api/v1/search?q=velykoden", "/api/v1/search", `/api/v1/search?channel=${names.handle}`]) {
      const { total, facets, engine: answered } = await ask(path);
      expect(answered).toBe(engine);
      expect(total.count, path).toBe(kept.length);
      expect(facets.category).toEqual([{ value: "science", count: kept.length }]);
      expect(facets.language).toEqual([{ value: "fi", count: kept.length }]);
      expect(facets.tag?.map(({ value }) => value).toSorted()).toEqual(tags);
      expect(facets.channel?.map(({ count }) => count)).toEqual([kept.length]);
    }
    for (const path of ["category=music", "language=uk", ...scene.hidden.map(({ marks }) => `tag=${marks.tag}`)]) {
      const { total, facets } = await ask(`/api/v1/search?${path}`);
      expect([path, total.count, Object.values(facets).flat()]).toEqual([path, 0, []]);
    }
  };

  beforeAll(async () => {
    const crawled = await open();
    index = crawled.index;
    scene = await makeScene(crawled.origin);
    await waitForIndex();
    const { origin, names, hidden } = scene;
    const { paths } = await (await fetch(`${origin}/api/v1/openapi.json`)).json();
    documented = Object.keys(paths).filter((path) => "get" in paths[path]);
    before = await crawl({ origin, seeds: [...listSeeds(names), ...hidden.slice(0, 1).flatMap(wordQuestions)] });
    index?.hold();
    await hideAll(scene);
    await index?.stayFresh();
  });

  test(`${engine} answers, and at first a stranger comes to every word and every file`, async () => {
    expect((await ask("/api/v1/search?q=velykoden")).engine).toBe(engine);
    for (const video of [...scene.hidden, ...scene.kept]) {
      const rooms = new Set(findTraces({ answers: before, video }).map(({ room }) => room));
      expect(rooms, video.fate).toEqual(new Set([...rooms, ...readRooms, ...fileRooms, "id 0"]));
    }
    for (const path of listPaths(scene.names)) {
      const text = before.find((answer) => answer.path === path)?.text ?? "";
      for (const { id, fate } of scene.hidden) expect(text, `${fate} in ${path}`).toContain(id);
    }
  });

  /** Nothing that a stranger may ask for tells of these videos, by which engine it ever is answered; gives which that was. */
  const expectInNoList = async (videos: readonly MarkedVideo[]): Promise<string[]> => {
    const paths = [...listPaths(scene.names), ...groupPaths, ...videos.flatMap(wordQuestions)];
    const answers = await askEach({ origin: scene.origin, paths });
    expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
    expect(videos.flatMap((video) => findTraces({ answers, video }))).toEqual([]);
    return [...new Set(enginesOf(answers))];
  };

  test("what is hidden is in no list from that moment on, whatever the index knows yet", async () => {
    expect(await expectInNoList(scene.hidden)).toEqual([engine]);
    await expectCounts();
    if (index !== undefined) {
      const held = index.videoIds();
      for (const { id, fate } of scene.hidden) expect(held.has(id), fate).toBe(true);
    }
  });

  test("a crawl from all lists, all old addresses and all documented ones finds nothing of what is hidden", async () => {
    index?.release();
    await waitForIndex();
    if (index !== undefined) expect(index.videoIds()).toEqual(new Set(scene.kept.map(({ id }) => id)));
    const { origin, names, hidden } = scene;
    const own = hidden.flatMap((video) => [
      ...addressesOfVideo({ origin, video }),
      ...documentedPaths({ paths: documented, video, names }),
    ]);
    const plain = documented.filter((path) => !path.includes("{"));
    const old = rememberedPaths(before, hidden);
    const seeds = [...listSeeds(names), ...hidden.flatMap(wordQuestions), ...own, ...plain, ...old];
    after = await crawl({ origin, seeds });
    expect(old.length).toBeGreaterThan(hidden.length * 15);
    for (const video of hidden) {
      expect(findTraces({ answers: after, video, byAddress: isByAddress(video) }), video.fate).toEqual([]);
    }
    // What stayed is there as before: the crawl came everywhere.
    for (const video of scene.kept) {
      const rooms = new Set(findTraces({ answers: after, video }).map(({ room }) => room));
      expect(rooms, video.fate).toEqual(new Set([...rooms, ...readRooms, ...fileRooms, "id 0"]));
    }
  });

  test("whatever belongs to a hidden video is as if it were not there", async () => {
    const { hidden, names } = scene;
    for (const video of hidden.filter((one) => !isByAddress(one))) {
      const paths = documented.filter((path) => path.includes("{videoId}") || path.includes("{commentId}"));
      for (const path of documentedPaths({ paths, video, names })) {
        const status = after.find((answer) => answer.path === path)?.status;
        expect([401, 404], `${video.fate}: ${path} ${status}`).toContain(status);
      }
      for (const { path, status } of after.filter((answer) => answer.path.includes(`/media/runs/${video.id}/`))) {
        expect(status, path).toBe(404);
      }
      for (const path of [`/watch/${video.id}`, `/embed/${video.id}`]) {
        const flight = await askAsStranger(scene.origin, path, { RSC: "1", "Next-Url": "/" });
        expect(findTraces({ answers: [flight], video }), path).toEqual([]);
      }
    }
  });

  test("no count counts what is hidden", async () => {
    const { kept, names } = scene;
    await expectCounts();
    const list = await (await fetch(`${scene.origin}/api/v1/playlists/${names.playlistId}`)).json();
    expect(list.videos).toBe(kept.length);
    expect(after.find(({ path }) => path === "/categories")?.text).not.toContain("/categories/music");
    expect(after.find(({ path }) => path === "/sitemaps/pages.xml")?.text).not.toContain("/categories/music");
  });

  // PostgreSQL's own index is away when everything is.
  if (engine === "postgres") return;
  test("what is hidden while the index is away is in nothing, then and later", async () => {
    if (index === undefined) throw new Error("an engine on a server of its own can be held");
    const [stays, ...others] = scene.kept;
    if (stays === undefined || others.length !== 2) throw new Error("one stays, and two are hidden");
    await index.goAway();
    for (const [at, fate] of ["private", "deleted"].entries()) await hide(scene, { id: others[at]?.id ?? "", fate });
    expect(await expectInNoList(others)).toEqual(["postgres"]);
    // Back with both, and nobody has told it yet.
    index.hold();
    await index.stayFresh();
    await index.comeBack();
    await waitFor({
      what: "the index's answers",
      until: async () => (await ask("/api/v1/search?q=velykoden")).engine === engine,
      timeoutMs: 90_000,
    });
    expect(await expectInNoList(others)).toEqual([engine]);
    await expectCounts([stays]);
    for (const { id } of others) expect(index.videoIds().has(id)).toBe(true);
    index.release();
    await waitForIndex();
    expect(index.videoIds()).toEqual(new Set([stays.id]));
    expect(await expectInNoList(others)).toEqual([engine]);
    await expectCounts([stays]);
  });
};
