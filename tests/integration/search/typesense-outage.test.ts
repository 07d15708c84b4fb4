import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { db } from "#lib/db/client.ts";
import { findEngine } from "#lib/db/queries/search/changes.ts";
import { searchEngines as engineRows, searchChanges, videos } from "#lib/db/schema/index.ts";
import { overrideEnv } from "#lib/env.ts";
import { type SearchResultDto, searchResultSchema, suggestionListSchema } from "#lib/search/dto.ts";
import { registerSearchEngines, searchEngines } from "#lib/search/engines.ts";
import { checkEngine, checkSearch, indexAllChanges } from "#lib/search/index/check-index.ts";
import { driftSize, findDrift } from "#lib/search/index/find-drift.ts";
import { reindex } from "#lib/search/index/reindex.ts";
import { addSpoken, makeFindable } from "#tests/factories/findable.ts";
import { testDatabase } from "#tests/setup/database.ts";
import { serveRoutes } from "#tests/setup/serve-routes.ts";
import { startTypesenseDouble, type TypesenseDouble } from "#tests/setup/typesense/server.ts";
import { waitFor } from "#tests/setup/wait-for.ts";
import * as searchRoute from "../../../app/api/v1/search/route.ts";
import * as suggestRoute from "../../../app/api/v1/search/suggest/route.ts";

testDatabase();

let server: TypesenseDouble;
let served: Awaited<ReturnType<typeof serveRoutes>>;
let isServerUp = true;

const signal = () => AbortSignal.timeout(20_000);

const engine = () => {
  const [first] = searchEngines();
  if (first?.name !== "typesense") throw new Error("Typesense is configured in this file.");
  return first;
};

const waiting = async () =>
  (await db().select().from(searchChanges).where(eq(searchChanges.engine, "typesense"))).length;

type Timed = SearchResultDto & { ms: number };

const search = async (query: string): Promise<Timed> => {
  const started = performance.now();
  const response = await fetch(`${served.url}/api/v1/search?${query}`);
  expect(response.status, query).toBe(200);
  const body = searchResultSchema.parse(await response.json());
  return { ...body, ms: performance.now() - started };
};

const titles = ({ items }: Timed) => items.map(({ video }) => video.title);
const answeredBy = async (name: string) => (await search("q=підсніжник")).engine === name;

const goAway = async () => {
  isServerUp = false;
  await server.stop();
};
const comeBack = async () => {
  server.behave("well");
  server.hangOn(null);
  if (!isServerUp) await server.start();
  isServerUp = true;
  await waitFor({ what: "Typesense answering again", until: () => answeredBy("typesense") });
};

beforeAll(async () => {
  server = await startTypesenseDouble();
  overrideEnv({ TYPESENSE_URL: server.url, TYPESENSE_API_KEY: server.apiKey });
  served = await serveRoutes([
    { path: /^\/api\/v1\/search$/, module: searchRoute },
    { path: /^\/api\/v1\/search\/suggest$/, module: suggestRoute },
  ]);
  const { id } = await makeFindable({ title: "Перший підсніжник", tags: ["весна"], category: "nature" });
  await addSpoken(id, [
    [7, "Ще лежить сніг"],
    [42, "А підсніжник уже цвіте"],
  ]);
  await registerSearchEngines();
  await indexAllChanges({ signal: signal() });
});

afterAll(async () => {
  await served.stop();
  await server.stop();
  expect(server.violations).toEqual([]);
});

describe("before its index was made", () => {
  it("PostgreSQL answers, and changes wait for Typesense though nothing failed", async () => {
    expect(await search("q=підсніжники")).toMatchObject({ engine: "postgres", total: { count: 1 } });
    expect(await waiting()).toBe(0);
    await makeFindable({ title: "Другий підсніжник" });
    await indexAllChanges({ signal: signal() });
    expect(await waiting()).toBeGreaterThan(0);
    expect(await search("q=підсніжники")).toMatchObject({ engine: "postgres", total: { count: 2 } });
  });

  it("the daily look makes it, and Typesense answers with lines that open at their second", async () => {
    await checkSearch({ signal: signal() });
    await indexAllChanges({ signal: signal() });
    await waitFor({ what: "Typesense answering", until: () => answeredBy("typesense") });
    const found = await search("q=підсніжники");
    expect(new Set(titles(found))).toEqual(new Set(["Перший підсніжник", "Другий підсніжник"]));
    const hit = found.items.find(({ video }) => video.title === "Перший підсніжник");
    expect(hit?.cues).toMatchObject([
      { startMs: 42_000, text: "А підсніжник уже цвіте", ranges: [{ start: 2, end: 12 }] },
    ]);
    expect(hit?.highlights.title).toEqual({ text: "Перший підсніжник", ranges: [{ start: 7, end: 17 }] });
    expect(await waiting()).toBe(0);
  });
});

describe("an outage", () => {
  beforeEach(comeBack);

  it.each(["gone", "failing", "hanging"] as const)(
    "%s: PostgreSQL answers within two seconds, the next searches at once, and writes go on",
    async (how) => {
      if (how === "gone") await goAway();
      else server.behave(how);
      const first = await search("q=підсніжник");
      const calls = server.calls.length;
      const later = [await search("q=підсніжник"), await search("q=весна"), await search("q=")];
      expect(first).toMatchObject({ engine: "postgres", total: { count: 2 } });
      expect(first.ms).toBeLessThan(2_000);
      expect(later.map((one) => one.engine)).toEqual(["postgres", "postgres", "postgres"]);
      expect(Math.max(...later.map(({ ms }) => ms))).toBeLessThan(500);
      expect(server.calls.slice(calls).filter((call) => call === "multiSearch")).toEqual([]);
      const { id } = await makeFindable({ title: `Нова ${how}` });
      await db()
        .update(videos)
        .set({ title: `Нова пролісок ${how}` })
        .where(eq(videos.id, id));
      await indexAllChanges({ signal: signal() });
      expect(titles(await search(`q=пролісок ${how}`))[0]).toBe(`Нова пролісок ${how}`);
      expect(await waiting()).toBeGreaterThan(0);
    },
  );

  it("leaves an index that is equal to the tables once it is over", async () => {
    await goAway();
    const [first] = await db().select().from(videos).where(eq(videos.title, "Другий підсніжник"));
    await db()
      .update(videos)
      .set({ visibility: "private" })
      .where(eq(videos.id, first?.id ?? ""));
    const spoken = await makeFindable({ title: "Про рослини" });
    await addSpoken(spoken.id, [[3, "Жовта примула"]]);
    await indexAllChanges({ signal: signal() });
    await comeBack();
    await indexAllChanges({ signal: signal() });
    expect(await waiting()).toBe(0);
    expect(driftSize(await findDrift({ engine: engine(), signal: signal() }))).toBe(0);
    const found = await search("q=примули");
    expect(found).toMatchObject({ engine: "typesense", items: [{ cues: [{ startMs: 3_000 }] }] });
    expect(titles(await search("q=підсніжник"))).toEqual(["Перший підсніжник"]);
  });

  it("of writes alone holds up neither searches nor PostgreSQL's index", async () => {
    server.hangOn("importDocuments");
    const { id } = await makeFindable({ title: "Ряст" });
    const bringing = new AbortController();
    const brought = indexAllChanges({ signal: bringing.signal });
    await waitFor({
      what: "PostgreSQL's index",
      until: async () =>
        (await db().select().from(searchChanges).where(eq(searchChanges.engine, "postgres"))).length === 0,
    });
    expect((await search("q=підсніжник")).engine).toBe("typesense");
    await goAway();
    bringing.abort();
    await brought.catch(() => undefined);
    await comeBack();
    await indexAllChanges({ signal: signal() });
    expect((await search("q=ряст")).items.map(({ video }) => video.id)).toEqual([id]);
  });
});

describe("what is behind", () => {
  beforeEach(comeBack);

  it("tells nothing of a video that became private, not even in counts, before the change is brought over", async () => {
    const { id } = await makeFindable({ title: "Барвінок", category: "music" });
    await indexAllChanges({ signal: signal() });
    expect(await search("q=барвінок")).toMatchObject({ engine: "typesense", total: { count: 1 } });
    await db().update(videos).set({ visibility: "private" }).where(eq(videos.id, id));
    const found = await search("q=барвінок ");
    expect(found).toMatchObject({ engine: "typesense", items: [], total: { count: 0 }, facets: { category: [] } });
    const suggested = await fetch(`${served.url}/api/v1/search/suggest?q=барвін`);
    expect(suggestionListSchema.parse(await suggested.json()).items).toEqual([]);
    await indexAllChanges({ signal: signal() });
  });

  it("answers nothing when its oldest change is old", async () => {
    await makeFindable({ title: "Конвалія" });
    await db()
      .update(searchChanges)
      .set({ createdAt: new Date(Date.now() - 60_000) });
    expect((await search("q=підсніжник")).engine).toBe("postgres");
    await indexAllChanges({ signal: signal() });
    expect((await search("q=конвалії")).engine).toBe("typesense");
  });
});

describe("a rebuild", () => {
  beforeEach(comeBack);

  it("answers all the time, loses no change that happens meanwhile, and leaves one index", async () => {
    const before = server.store.aliases.get("kinora_videos");
    const { id } = await makeFindable({ title: "Стара назва" });
    await indexAllChanges({ signal: signal() });
    const seen: string[] = [];
    let isChanged = false;
    const progress: number[] = [];
    const building = reindex({
      engine: engine(),
      signal: signal(),
      onProgress: ({ videos: count }) => {
        progress.push(count);
        if (count === 0 || isChanged) return;
        isChanged = true;
        changing = db().update(videos).set({ title: "Сон-трава" }).where(eq(videos.id, id));
      },
    });
    let changing: Promise<unknown> = Promise.resolve();
    let isDone = false;
    const asking = (async () => {
      while (!isDone) seen.push((await search("q=підсніжник")).engine);
    })();
    await building;
    isDone = true;
    await Promise.all([asking, changing]);
    await indexAllChanges({ signal: signal() });
    expect(isChanged).toBe(true);
    expect(progress.at(-1)).toBeGreaterThan(0);
    expect(new Set(seen)).toEqual(new Set(["typesense"]));
    expect(server.store.aliases.get("kinora_videos")).not.toBe(before);
    expect(server.store.collections.size).toBe(3);
    expect(titles(await search("q=сон-трава"))).toEqual(["Сон-трава"]);
    expect(driftSize(await findDrift({ engine: engine(), signal: signal() }))).toBe(0);
    expect(await db().select().from(engineRows)).toHaveLength(2);
  });

  it("that fails leaves the old index as it was, and nothing of its own", async () => {
    const before = new Map(server.store.aliases);
    server.hangOn("putAlias");
    const stopped = new AbortController();
    const building = reindex({ engine: engine(), signal: stopped.signal });
    await waitFor({ what: "the new aliases", until: () => server.calls.at(-1) === "putAlias" });
    await expect(reindex({ engine: engine(), signal: signal() })).rejects.toMatchObject({ code: "locked" });
    await goAway();
    await expect(building).rejects.toMatchObject({ code: "unavailable" });
    await comeBack();
    expect(server.store.aliases).toEqual(before);
    expect(await db().select().from(engineRows)).toHaveLength(2);
    await reindex({ engine: engine(), signal: signal() });
    expect(server.store.collections.size).toBe(3);
  });

  it("that died holds nobody up: its changes are forgotten after a while, those of one that lives are not", async () => {
    const rebuilds = async () => (await db().select().from(engineRows)).map(({ name }) => name).toSorted();
    await db()
      .insert(engineRows)
      .values({ name: "typesense:next", checkedAt: new Date(Date.now() - 60_000) });
    await registerSearchEngines();
    expect(await rebuilds()).toEqual(["postgres", "typesense", "typesense:next"]);
    await expect(reindex({ engine: engine(), signal: signal() })).rejects.toMatchObject({ code: "locked" });
    const longAgo = new Date(Date.now() - 3_600_000);
    await db().update(engineRows).set({ checkedAt: longAgo }).where(eq(engineRows.name, "typesense:next"));
    await reindex({ engine: engine(), signal: signal() });
    expect(await rebuilds()).toEqual(["postgres", "typesense"]);
  });

  it("is made by itself after the server has lost everything", async () => {
    server.store.collections.clear();
    server.store.aliases.clear();
    server.store.synonyms.clear();
    expect(await search("q=підсніжник")).toMatchObject({ engine: "postgres", total: { count: 1 } });
    expect((await findEngine(db(), "typesense"))?.analysisVersion).toBeNull();
    await checkSearch({ signal: signal() });
    await comeBack();
    expect(await search("q=підсніжник")).toMatchObject({ engine: "typesense", total: { count: 1 } });
  });
});

describe("a check", () => {
  beforeEach(comeBack);

  it("finds what differs on the server and repairs it", async () => {
    const { docs } = server.store.collection("kinora_videos");
    const [missing = "", stale = ""] = docs.keys();
    const extra = "018f0000-0000-7000-8000-000000000001";
    const one = docs.get(stale);
    docs.set(extra, { ...one, id: extra });
    docs.set(stale, { ...one, id: stale, fingerprint: "another" });
    docs.delete(missing);
    const drift = await checkEngine({ engine: engine(), signal: signal(), repair: false });
    expect(drift).toMatchObject({ missing: [missing], stale: [stale], extra: [extra] });
    await checkEngine({ engine: engine(), signal: signal(), repair: true });
    expect(driftSize(await findDrift({ engine: engine(), signal: signal() }))).toBe(0);
  });
});

describe("a write", () => {
  it("does not fail when an engine is unregistered at the same moment", async () => {
    const { id } = await makeFindable({ title: "Крокус" });
    await db().insert(engineRows).values({ name: "typesense:next" });
    const deleted = Promise.withResolvers<void>();
    const release = Promise.withResolvers<void>();
    const ending = db().transaction(async (tx) => {
      await tx.delete(engineRows).where(eq(engineRows.name, "typesense:next"));
      deleted.resolve();
      await release.promise;
    });
    await deleted.promise;
    const writing = db().update(videos).set({ title: "Шафран" }).where(eq(videos.id, id)).execute();
    const blocked = sql`select 1 from pg_locks l join pg_database d on d.datname = current_database()
      where not l.granted and l.locktype = 'transactionid'`;
    await waitFor({ what: "the write that waits", until: async () => [...(await db().execute(blocked))].length > 0 });
    release.resolve();
    await Promise.all([ending, writing]);
    expect((await db().select().from(videos).where(eq(videos.id, id)))[0]?.title).toBe("Шафран");
  });
});
