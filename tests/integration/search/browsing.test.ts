import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { db } from "#lib/db/client.ts";
import { users, videos } from "#lib/db/schema/index.ts";
import { continueWatching } from "#lib/library/continue-watching.ts";
import { keepWatchProgress } from "#lib/library/history.ts";
import { forgetCategoryHeads } from "#lib/search/category-heads.ts";
import { listCategories, openCategories } from "#lib/search/list-categories.ts";
import { postgresEngine } from "#lib/search/postgres/postgres-engine.ts";
import { sitemapEntries, sitemapParts } from "#tests/factories/feed-schemas.ts";
import { indexAll, makeFindable } from "#tests/factories/findable.ts";
import { makePerson, type Person } from "#tests/factories/people.ts";
import { readXml } from "#tests/factories/xml-reader.ts";
import { testDatabase } from "#tests/setup/database.ts";
import { serveRoutes } from "#tests/setup/serve-routes.ts";
import * as sitemapRoute from "../../../app/sitemap.xml/route.ts";
import * as partRoute from "../../../app/sitemaps/[part]/route.ts";

testDatabase();

let site: Awaited<ReturnType<typeof serveRoutes>>;
let owner: Person;

beforeAll(async () => {
  site = await serveRoutes([
    { path: /^\/sitemap\.xml$/, module: sitemapRoute },
    { path: /^\/sitemaps\/(?<part>[^/]+)$/, module: partRoute },
  ]);
  owner = await makePerson();
});
afterAll(() => site.stop());
beforeEach(forgetCategoryHeads);

const make = async (values: Parameters<typeof makeFindable>[0]) => {
  const video = await makeFindable({ creatorId: owner.account.id, channelId: owner.channelId, ...values });
  await indexAll(postgresEngine);
  return video;
};
const xml = async (path: string) => readXml(await (await fetch(new URL(path, site.url))).text());
const mapped = async () => {
  const parts = sitemapParts(await xml("/sitemap.xml"));
  const pages = parts.filter((part) => part.endsWith("/sitemaps/pages.xml"));
  expect(pages).toHaveLength(1);
  const entries = sitemapEntries(await xml(new URL(pages[0] ?? "").pathname));
  return entries.map(({ loc }) => decodeURIComponent(new URL(loc).pathname));
};
const shown = async () =>
  (await listCategories({ viewer: null })).map(({ category, video }) => [category, video.title]);

describe("categories", () => {
  test("are those with public videos, each with its most viewed one, and stand in the site map with their tags", async () => {
    await make({ title: "Soup", category: "food", tags: ["Страви", "soup & bread"], viewCount: 5 });
    const cake = await make({ title: "Cake", category: "food", tags: ["Солодке"], viewCount: 9 });
    await make({ title: "Hidden trip", category: "travel", visibility: "private", tags: ["secret"] });
    await make({ title: "No category" });
    expect(await shown()).toEqual([["food", "Cake"]]);
    const pages = await mapped();
    expect(pages).toEqual(
      expect.arrayContaining(["/", "/trending", "/categories", "/categories/food", "/tags/страви"]),
    );
    expect(pages).toEqual(expect.arrayContaining(["/tags/солодке", "/tags/soup bread"]));
    expect(pages.join()).not.toMatch(/travel|secret/);

    // Remembered for a minute, but what is hidden is gone at once, and its category with the last of its videos.
    await db().update(videos).set({ visibility: "private" }).where(eq(videos.id, cake.id));
    expect(await shown()).toEqual([["food", "Soup"]]);
    await db().update(users).set({ status: "suspended" }).where(eq(users.id, owner.account.id));
    expect(await openCategories()).toEqual([]);
    expect((await mapped()).join()).not.toContain("food");
    await db().update(users).set({ status: "active" }).where(eq(users.id, owner.account.id));
  });

  test("name no tag in the site map of a video that was hidden a moment ago, while others of its category stay", async () => {
    await make({ title: "Heron", category: "animals", tags: ["birds"], viewCount: 5 });
    const owl = await make({ title: "Owl", category: "animals", tags: ["birds", "at night"], viewCount: 2 });
    expect(await mapped()).toEqual(expect.arrayContaining(["/categories/animals", "/tags/birds", "/tags/at night"]));
    await db().update(videos).set({ visibility: "private" }).where(eq(videos.id, owl.id));
    const pages = await mapped();
    expect(pages).toEqual(expect.arrayContaining(["/categories/animals", "/tags/birds"]));
    expect(pages).not.toContain("/tags/at night");
  });
});

describe("what one goes on with", () => {
  test("is what was begun and not seen to its end, the latest first, as long as one may see it", async () => {
    const { account: viewer } = await makePerson();
    const titles = ["Begun", "Hardly", "Seen", "Later hidden", "Latest"];
    const made = await Promise.all(
      titles.map((title) =>
        makeFindable({ creatorId: owner.account.id, channelId: owner.channelId, title, durationMs: 600_000 }),
      ),
    );
    const positions = [120_000, 1000, 599_000, 300_000, 60_000];
    for (const [at, video] of made.entries()) {
      const change = { positionMs: positions[at] ?? 0, agoMs: (titles.length - at) * 1000 };
      await keepWatchProgress({ viewer, videoId: video.id, change });
    }
    await db()
      .update(videos)
      .set({ visibility: "private" })
      .where(eq(videos.id, made[3]?.id ?? ""));
    const begun = await continueWatching({ viewer, limit: 10 });
    expect(begun.map(({ video, positionMs }) => [video.title, positionMs])).toEqual([
      ["Latest", 60_000],
      ["Begun", 120_000],
    ]);
    expect(await continueWatching({ viewer, limit: 1 })).toHaveLength(1);
    await expect(continueWatching({ viewer: null, limit: 1 })).rejects.toMatchObject({ code: "unauthenticated" });
  });
});
