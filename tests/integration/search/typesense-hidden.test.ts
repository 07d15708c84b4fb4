import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { db } from "#lib/db/client.ts";
import { captions, videos } from "#lib/db/schema/index.ts";
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
const answers = async () => (await search({ q: "запит" })).engine === "typesense";

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
