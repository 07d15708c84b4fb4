import { beforeAll, expect, test } from "vitest";
import { fileRooms, readRooms } from "#tests/e2e/crawl/crawl-scene.ts";
import { hideAll, isByAddress, makeScene, type Scene, waitForIndex } from "#tests/e2e/crawl/crawl-site.ts";
import { type Answer, askAsStranger, askEach, crawl } from "#tests/e2e/crawl/crawler.ts";
import {
  addressesOfVideo,
  documentedPaths,
  listPaths,
  listSeeds,
  rememberedPaths,
  wordQuestions,
} from "#tests/e2e/crawl/seeds.ts";
import { findTraces } from "#tests/e2e/crawl/traces.ts";

/** How many videos a search says it found, and how they divide. */
type Found = { engine: string; total: { count: number }; facets: Record<string, { value: string; count: number }[]> };

/**
 * The tests of a crawl, for one search engine. A first crawl finds every word and every file of every video, so that the second
 * one, after most of them were hidden, would find them too if they were anywhere.
 */
export const strangerCrawl = ({ engine, open }: { engine: string; open: () => Promise<string> }): void => {
  let scene: Scene;
  let before: Answer[];
  let after: Answer[];
  let documented: string[] = [];
  const ask = async (path: string): Promise<Found> => {
    const response = await fetch(scene.origin + path);
    expect(response.status, path).toBe(200);
    return response.json();
  };

  beforeAll(async () => {
    scene = await makeScene(await open());
    await waitForIndex();
    const { origin, names, hidden } = scene;
    const { paths } = await (await fetch(`${origin}/api/v1/openapi.json`)).json();
    documented = Object.keys(paths).filter((path) => "get" in paths[path]);
    before = await crawl({ origin, seeds: [...listSeeds(names), ...hidden.slice(0, 1).flatMap(wordQuestions)] });
    await hideAll(scene);
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

  test("what is hidden is in no list from that moment on, whatever the index knows yet", async () => {
    const paths = [...listPaths(scene.names), ...scene.hidden.flatMap(wordQuestions)];
    const answers = await askEach({ origin: scene.origin, paths });
    expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
    expect(scene.hidden.flatMap((video) => findTraces({ answers, video }))).toEqual([]);
  });

  test("a crawl from all lists, all old addresses and all documented ones finds nothing of what is hidden", async () => {
    await waitForIndex();
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
    const tags = kept.map(({ marks }) => marks.tag).toSorted();
    for (const path of ["/api/v1/search?q=velykoden", "/api/v1/search", `/api/v1/search?channel=${names.handle}`]) {
      const { total, facets } = await ask(path);
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
    const list = await (await fetch(`${scene.origin}/api/v1/playlists/${names.playlistId}`)).json();
    expect(list.videos).toBe(kept.length);
    expect(after.find(({ path }) => path === "/categories")?.text).not.toContain("/categories/music");
    expect(after.find(({ path }) => path === "/sitemaps/pages.xml")?.text).not.toContain("/categories/music");
  });
};
