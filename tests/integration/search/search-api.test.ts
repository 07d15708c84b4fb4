import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { db } from "#lib/db/client.ts";
import { captions, searchChanges, users, videos } from "#lib/db/schema/index.ts";
import { type SearchResultDto, searchResultSchema, suggestionListSchema } from "#lib/search/dto.ts";
import { postgresEngine } from "#lib/search/postgres/postgres-engine.ts";
import { videoSchema } from "#lib/videos/dto.ts";
import { addSpoken, indexAll, makeFindable } from "#tests/factories/findable.ts";
import { makePerson, type Person } from "#tests/factories/people.ts";
import { makeRequest, withParams } from "#tests/factories/requests.ts";
import { makeVideo } from "#tests/factories/rows.ts";
import { testDatabase } from "#tests/setup/database.ts";
import { serveRoutes } from "#tests/setup/serve-routes.ts";
import * as searchRoute from "../../../app/api/v1/search/route.ts";
import * as suggestRoute from "../../../app/api/v1/search/suggest/route.ts";
import * as cuesRoute from "../../../app/api/v1/videos/[videoId]/captions/[captionId]/cues/route.ts";
import * as relatedRoute from "../../../app/api/v1/videos/[videoId]/related/route.ts";
import * as videoRoute from "../../../app/api/v1/videos/[videoId]/route.ts";

testDatabase();

let served: Awaited<ReturnType<typeof serveRoutes>>;
let owner: Person;
let borschtId = "";

beforeAll(async () => {
  served = await serveRoutes([
    { path: /^\/api\/v1\/search$/, module: searchRoute },
    { path: /^\/api\/v1\/search\/suggest$/, module: suggestRoute },
    { path: /^\/api\/v1\/videos\/(?<videoId>[^/]+)\/related$/, module: relatedRoute },
    { path: /^\/api\/v1\/videos\/(?<videoId>[^/]+)\/captions\/(?<captionId>[^/]+)\/cues$/, module: cuesRoute },
  ]);
  owner = await makePerson();
  const made = { creatorId: owner.account.id, channelId: owner.channelId };
  const borscht = await makeFindable({
    ...{ ...made, title: "Рецепт борщу", description: "Найкращий <b>борщ</b> для родини", tags: ["Кухня", "борщі"] },
    ...{ category: "food", language: "uk" },
  });
  borschtId = borscht.id;
  await makeFindable({ ...made, title: "Борщ у горщику", category: "food" });
  await addSpoken(borschtId, [
    [12, "Почнемо з буряка"],
    [95, "Тепер борщ кипить"],
  ]);
  await indexAll(postgresEngine);
});

afterAll(() => served.stop());

const get = async (path: string): Promise<unknown> => {
  const response = await fetch(`${served.url}/api/v1${path}`);
  expect(response.status, path).toBe(200);
  return response.json();
};
const search = async (query: Record<string, string>): Promise<SearchResultDto> =>
  searchResultSchema.parse(await get(`/search?${new URLSearchParams(query)}`));

describe("GET /search", () => {
  it("tells videos with marks, lines that open at their second, facets and the engine", async () => {
    const found = await search({ q: "борщі" });
    expect(found).toMatchObject({ engine: "postgres", total: { count: 2, about: false }, nextCursor: null });
    const hit = found.items.find(({ video }) => video.id === borschtId);
    const { title, description, tags } = hit?.highlights ?? {};
    const marked = (text: typeof title) => text?.ranges.map(({ start, end }) => text.text.slice(start, end));
    expect(marked(title)).toEqual(["борщу"]);
    expect(description?.text).toBe("Найкращий <b>борщ</b> для родини");
    expect(marked(description)).toEqual(["борщ"]);
    expect(tags).toEqual(["борщі"]);
    expect(hit?.cues).toMatchObject([{ startMs: 95_000, text: "Тепер борщ кипить", ranges: [{ start: 6, end: 10 }] }]);
    expect(found.facets.category).toEqual([{ value: "food", count: 2 }]);
    expect(found.facets.channel).toMatchObject([{ value: owner.channelId, handle: owner.handle, count: 2 }]);
    expect(found.tookMs).toBeGreaterThan(0);
  });

  it("narrows by every filter, by a channel's handle too", async () => {
    expect((await search({ q: "борщ", language: "UK" })).items).toHaveLength(1);
    expect((await search({ q: "борщ", tag: "кухня", category: "food", captions: "true" })).items).toHaveLength(1);
    expect((await search({ channel: `@${owner.handle}` })).items).toHaveLength(2);
    expect((await search({ channel: "nobody-has-this" })).items).toEqual([]);
    expect((await search({ q: "борщ", duration: "long" })).items).toEqual([]);
  });

  it("pages by a cursor of its own", async () => {
    const first = await search({ q: "борщ", limit: "1" });
    const second = await search({ q: "борщ", limit: "1", cursor: first.nextCursor ?? "" });
    expect(new Set([...first.items, ...second.items].map(({ video }) => video.id)).size).toBe(2);
    expect(second.nextCursor).toBeNull();
  });

  it("refuses what is no search, in the one error shape", async () => {
    const faulty = ["cursor=x", "cursor=WzBd", "sort=best", "limit=0", "category=other", `q=${"a".repeat(201)}`, "x=1"];
    for (const query of faulty) {
      const response = await fetch(`${served.url}/api/v1/search?${query}`);
      expect(response.status, query).toBe(400);
      expect(await response.json()).toMatchObject({ error: { code: "invalid_input" } });
    }
  });

  it("takes any text for words", async () => {
    for (const q of ["%00", "%F0%9F%92%A5", "%27--", "%5C", "%E2%80%AE"]) await get(`/search?q=${q}`);
  });

  it("tells no video that was hidden a moment ago, though the index has not heard of it", async () => {
    const hidden = await makeFindable({ title: "Миттєвий дзвіночок" });
    await addSpoken(hidden.id, [[1, "дзвіночок"]]);
    await indexAll(postgresEngine);
    expect((await search({ q: "дзвіночок" })).items).toHaveLength(1);
    await db().update(videos).set({ visibility: "private" }).where(eq(videos.id, hidden.id));
    const found = await search({ q: "дзвіночок" });
    expect(found).toMatchObject({ items: [], total: { count: 0 }, corrected: null });
    expect(Object.values(found.facets).flat()).toEqual([]);
    expect((await db().select().from(searchChanges)).length).toBeGreaterThan(0);
    const { items } = suggestionListSchema.parse(await get("/search/suggest?q=дзвін"));
    expect(items).toEqual([]);
    await indexAll(postgresEngine);
  });

  it("corrects by no word that only a hidden video has, before and after the index has heard of it", async () => {
    const channelId = (await makePerson()).channelId;
    await makeFindable({ title: "Журавель перший", channelId });
    const hidden = await makeFindable({ title: "Журавель zwischenfall", channelId });
    await indexAll(postgresEngine);
    const asked = () => search({ q: "журавель zwischenfal " });
    expect(await asked()).toMatchObject({ corrected: "журавель zwischenfall" });
    await db().update(videos).set({ visibility: "private" }).where(eq(videos.id, hidden.id));
    expect(await asked()).toMatchObject({ corrected: null, total: { count: 1 } });
    await indexAll(postgresEngine);
    expect(await asked()).toMatchObject({ corrected: null, total: { count: 1 } });
  });

  it("nor one whose owner was suspended a moment ago", async () => {
    const person = await makePerson();
    await makeFindable({ title: "Підозрілий равлик", creatorId: person.account.id, channelId: person.channelId });
    await indexAll(postgresEngine);
    await db().update(users).set({ status: "suspended" }).where(eq(users.id, person.account.id));
    expect(await search({ q: "равлик" })).toMatchObject({ items: [], total: { count: 0 } });
    // A transaction that published the video meanwhile is one that suspending did not see, and nothing waits of it.
    await db().delete(searchChanges);
    expect(await search({ q: "равлик" })).toMatchObject({ items: [], total: { count: 0 } });
    await db().update(users).set({ status: "active" }).where(eq(users.id, person.account.id));
    expect(await search({ q: "равлик" })).toMatchObject({ total: { count: 1 } });
    await indexAll(postgresEngine);
  });
});

describe("GET /search/suggest", () => {
  it("gives queries, videos and channels", async () => {
    const { items } = suggestionListSchema.parse(await get("/search/suggest?q=горщ"));
    expect(items).toMatchObject([
      { kind: "query", text: "горщику" },
      { kind: "video", text: "Борщ у горщику" },
    ]);
  });
});

describe("GET /videos/{id}/related", () => {
  it("gives videos that are alike, for private ones too", async () => {
    const { items } = (await get(`/videos/${borschtId}/related`)) as { items: { id: string; title: string }[] };
    expect(items[0]?.title).toBe("Борщ у горщику");
    expect(items.map(({ id }) => id)).not.toContain(borschtId);
    const own = await makeVideo({ creatorId: owner.account.id, channelId: owner.channelId, status: "ready" });
    const request = makeRequest({ as: owner });
    const answer = await relatedRoute.GET(request, withParams({ videoId: own.id }));
    expect(answer.status).toBe(200);
  });
});

describe("GET /videos/{id}/related, asked again", () => {
  const firstOf = async (videoId: string) => {
    const { items } = (await get(`/videos/${videoId}/related?limit=1`)) as { items: { id: string }[] };
    return items.map(({ id }) => id);
  };

  it("asks the engine once, and tells another video as soon as one is hidden", async () => {
    const asked = vi.spyOn(postgresEngine, "related");
    const before = await firstOf(borschtId);
    expect(before).toHaveLength(1);
    expect(await firstOf(borschtId)).toEqual(before);
    expect(asked).toHaveBeenCalledTimes(1);
    await makeFindable({ title: "Борщ надворі" });
    await indexAll(postgresEngine);
    const hide = (visibility: "private" | "public") =>
      db()
        .update(videos)
        .set({ visibility })
        .where(eq(videos.id, before[0] ?? ""));
    await hide("private");
    const after = await firstOf(borschtId);
    expect(after).toHaveLength(1);
    expect(after).not.toEqual(before);
    expect(asked).toHaveBeenCalledTimes(2);
    await hide("public");
    asked.mockRestore();
  });

  it("asks again and again while there is less than was asked for", async () => {
    const asked = vi.spyOn(postgresEngine, "related");
    await get(`/videos/${borschtId}/related?limit=50`);
    await get(`/videos/${borschtId}/related?limit=50`);
    expect(asked).toHaveBeenCalledTimes(2);
    asked.mockRestore();
  });
});

describe("GET /videos/{id}/captions/{captionId}/cues", () => {
  it("gives the same lines before and after they were read into the database", async () => {
    const video = await makeFindable({ title: "З розмовою" });
    const captionId = await addSpoken(video.id, [
      [0, "Перший рядок\nі другий"],
      [5, "a < b & c"],
    ]);
    const path = `/videos/${video.id}/captions/${captionId}/cues`;
    const before = await get(path);
    expect(before).toEqual({
      items: [
        { startMs: 0, endMs: 2000, text: "Перший рядок\nі другий" },
        { startMs: 5000, endMs: 7000, text: "a < b & c" },
      ],
      nextCursor: null,
    });
    await indexAll(postgresEngine);
    const [row] = await db().select().from(captions).where(eq(captions.id, captionId));
    expect(row?.cuesKey).toBe(row?.key);
    expect(await get(path)).toEqual(before);
  });
});

describe("PATCH /videos/{id}", () => {
  it("changes category and language, and refuses what is none", async () => {
    const video = await makeVideo({ creatorId: owner.account.id, channelId: owner.channelId, status: "ready" });
    const patch = (body: unknown) =>
      videoRoute.PATCH(makeRequest({ method: "PATCH", as: owner, body }), withParams({ videoId: video.id }));
    const changed = videoSchema.parse(await (await patch({ category: "music", language: "UK-ua" })).json());
    expect(changed).toMatchObject({ category: "music", language: "uk-UA" });
    const cleared = videoSchema.parse(await (await patch({ category: null, language: null })).json());
    expect(cleared).toMatchObject({ category: null, language: null });
    expect((await patch({ category: "other" })).status).toBe(400);
    expect((await patch({ language: "!" })).status).toBe(400);
  });
});
