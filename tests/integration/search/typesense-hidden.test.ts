import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { db } from "#lib/db/client.ts";
import { captions, channels, searchEngines as engineRows, searchChanges, users, videos } from "#lib/db/schema/index.ts";
import { overrideEnv } from "#lib/env.ts";
import { type SearchResultDto, searchResultSchema, suggestionListSchema } from "#lib/search/dto.ts";
import { registerSearchEngines } from "#lib/search/engines.ts";
import { checkSearch, indexAllChanges } from "#lib/search/index/check-index.ts";
import { videoSchema } from "#lib/videos/dto.ts";
import { addSpoken, makeFindable } from "#tests/factories/findable.ts";
import { testDatabase } from "#tests/setup/database.ts";
import { serveRoutes } from "#tests/setup/serve-routes.ts";
import { startTypesenseDouble, type TypesenseDouble } from "#tests/setup/typesense/server.ts";
import { waitFor } from "#tests/setup/wait-for.ts";
import * as searchRoute from "../../../app/api/v1/search/route.ts";
import * as suggestRoute from "../../../app/api/v1/search/suggest/route.ts";
import * as relatedRoute from "../../../app/api/v1/videos/[videoId]/related/route.ts";

// An index on another server is always behind the tables, by a moment or by an old copy of its disk. What it still has of a
// video that was hidden is told in no way: neither in what is found nor by what is not.

testDatabase();

let server: TypesenseDouble;
let served: Awaited<ReturnType<typeof serveRoutes>>;

const signal = () => AbortSignal.timeout(20_000);
const deliver = () => indexAllChanges({ signal: signal() });
const waiting = () => db().select().from(searchChanges).where(eq(searchChanges.engine, "typesense"));

const get = async (path: string): Promise<unknown> => {
  const response = await fetch(`${served.url}/api/v1${path}`);
  expect(response.status, path).toBe(200);
  return response.json();
};
const search = async (query: Record<string, string>): Promise<SearchResultDto> =>
  searchResultSchema.parse(await get(`/search?${new URLSearchParams(query)}`));
const suggested = async (q: string): Promise<string[]> =>
  suggestionListSchema.parse(await get(`/search/suggest?${new URLSearchParams({ q })}`)).items.map(({ text }) => text);
const related = async (videoId: string, limit: number): Promise<string[]> => {
  const { items } = Object(await get(`/videos/${videoId}/related?limit=${limit}`));
  return videoSchema
    .array()
    .parse(items)
    .map(({ title }) => title);
};
const hide = (...ids: string[]) =>
  Promise.all(ids.map((id) => db().update(videos).set({ visibility: "private" }).where(eq(videos.id, id))));
const longAgo = new Date("2026-01-01T00:00:00Z");
const checkedAt = async () =>
  (await db().select().from(engineRows).where(eq(engineRows.name, "typesense")))[0]?.checkedAt;
const answers = async () => (await search({ q: "запит" })).engine === "typesense";

/** What the server has now, to be put back later as if its disk had been. */
const copyOfDisk = () => {
  const kept = [...server.store.collections.values()].map(({ docs }) => ({ docs, before: new Map(docs) }));
  return () => {
    for (const { docs, before } of kept) for (const [id, doc] of before) docs.set(id, doc);
  };
};

beforeAll(async () => {
  server = await startTypesenseDouble();
  overrideEnv({ TYPESENSE_URL: server.url, TYPESENSE_API_KEY: server.apiKey });
  served = await serveRoutes([
    { path: /^\/api\/v1\/search$/, module: searchRoute },
    { path: /^\/api\/v1\/search\/suggest$/, module: suggestRoute },
    { path: /^\/api\/v1\/videos\/(?<videoId>[^/]+)\/related$/, module: relatedRoute },
  ]);
  await registerSearchEngines();
  await checkSearch({ signal: signal() });
  await waitFor({ what: "Typesense answering", until: answers });
});

afterEach(deliver);
afterAll(async () => {
  await served.stop();
  await server.stop();
  expect(server.violations).toEqual([]);
});

describe("before the index has heard of it", () => {
  it("a hidden title keeps no typo from being understood: suggestions are as if it were not there", async () => {
    const { id } = await makeFindable({ title: "Журавлина" });
    await makeFindable({ title: "Журавлиця" });
    await deliver();
    expect(await suggested("журавлина ")).toEqual(["Журавлина"]);
    await hide(id);
    expect(await suggested("журавлина ")).toEqual(["Журавлиця"]);
  });

  it("hidden videos take no place among what is related", async () => {
    const [open, ...others] = await Promise.all(
      ["перша", "друга", "третя", "четверта", "п'ята", "шоста"].map((which) =>
        makeFindable({ title: `Каракатиця ${which}` }),
      ),
    );
    await deliver();
    const before = await related(open?.id ?? "", 2);
    expect(before).toHaveLength(2);
    const rows = await db().select().from(videos);
    const told = others.filter(({ id }) => before.includes(rows.find((row) => row.id === id)?.title ?? ""));
    await hide(...told.map(({ id }) => id));
    const after = await related(open?.id ?? "", 2);
    expect(after).toHaveLength(2);
    expect(after.filter((title) => before.includes(title))).toEqual([]);
  });

  it("nothing that was said in a removed track is told", async () => {
    const { id } = await makeFindable({ title: "Оповідь" });
    const captionId = await addSpoken(id, [[4, "Таємне слово оповіді"]]);
    await deliver();
    expect((await search({ q: "оповідь" })).items[0]?.cues).toMatchObject([{ text: "Таємне слово оповіді" }]);
    await db().delete(captions).where(eq(captions.id, captionId));
    expect(await search({ q: "оповідь" })).toMatchObject({ engine: "typesense", items: [{ cues: [] }] });
  });
});

describe("an index that has again what it had forgotten, as of an older copy of its disk", () => {
  const fill = async (word: string) => {
    const kept = await makeFindable({ title: `${word} лишається`, tags: ["відкрите"], category: "animals" });
    const { id } = await makeFindable({ title: `${word} ховається`, tags: [`тег${word}`], category: "music" });
    await addSpoken(id, [[3, `Тут сказано ${word}`]]);
    await deliver();
    const restore = copyOfDisk();
    await hide(id);
    await deliver();
    expect(await waiting()).toEqual([]);
    restore();
    for (const table of [videos, channels, users]) await db().update(table).set({ updatedAt: longAgo });
    return { kept, hidden: id };
  };

  it("tells nothing of it in counts, corrections and lines, and is mended", async () => {
    const { kept, hidden } = await fill("Верболіз");
    const found = await search({ q: "верболіз" });
    expect(found).toMatchObject({ engine: "typesense", total: { count: 1 }, items: [{ video: { id: kept.id } }] });
    expect(found.facets.category).toEqual([{ value: "animals", count: 1 }]);
    expect(found.facets.tag).toEqual([{ value: "відкрите", count: 1 }]);
    expect(await search({ tag: "тегверболіз" })).toMatchObject({ total: { count: 0 }, facets: { tag: [] } });
    // The worker compares all of it at its next look.
    expect(await checkedAt()).toBeNull();
    await deliver();
    expect(server.store.collection("kinora_videos").docs.has(hidden)).toBe(false);
    await checkSearch({ signal: signal() });
    expect(await checkedAt()).not.toBeNull();
  });

  it("leaves the answer to the database when there is ever more of it", async () => {
    const make = (which: string, agoMs: number) =>
      makeFindable({
        ...{ title: `Первоцвіт ${which}`, tags: ["первоцвіт"], publishedAt: new Date(Date.now() - agoMs) },
      });
    const kept = await make("один", 3_600_000);
    const hidden = [await make("два", 0), await make("три", 0), await make("чотири", 0)];
    await deliver();
    const restore = copyOfDisk();
    await hide(...hidden.map(({ id }) => id));
    await deliver();
    restore();
    const counted = { total: { count: 1 }, facets: { tag: [{ value: "первоцвіт", count: 1 }] } };
    const first = { sort: "newest", tag: "первоцвіт", limit: "1" };
    expect(await search(first)).toMatchObject({ engine: "postgres", items: [{ video: { id: kept.id } }], ...counted });
    // Two were met, and the third is by the next search.
    expect(await search(first)).toMatchObject({ engine: "typesense", items: [{ video: { id: kept.id } }], ...counted });
    await deliver();
    const { docs } = server.store.collection("kinora_videos");
    expect(hidden.filter(({ id }) => docs.has(id))).toEqual([]);
  });

  it("corrects no query to a word of it, and finds none by that", async () => {
    await fill("Суховершник");
    expect(await search({ q: "ховаєтьсяя " })).toMatchObject({ items: [], corrected: null, total: { count: 0 } });
  });

  it("suggests nothing of it and hides nothing behind it", async () => {
    await fill("Дзвіночок");
    await makeFindable({ title: "Ховаєтьсь" });
    await deliver();
    expect(await suggested("ховається ")).toEqual(["Ховаєтьсь"]);
  });
});
