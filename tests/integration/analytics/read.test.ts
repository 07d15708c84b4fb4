import { beforeAll, describe, expect, it } from "vitest";
import type { ChannelAnalyticsDto, VideoAnalyticsDto } from "#lib/analytics/dto.ts";
import { db } from "#lib/db/client.ts";
import { videoDayParts, videoDays } from "#lib/db/schema/index.ts";
import { makePerson, type Person } from "#tests/factories/people.ts";
import { makeRequest, withParams } from "#tests/factories/requests.ts";
import { makeVideo } from "#tests/factories/rows.ts";
import { testDatabase } from "#tests/setup/database.ts";
import * as channelCsvRoute from "../../../app/api/v1/channels/[handle]/analytics/csv/route.ts";
import * as channelRoute from "../../../app/api/v1/channels/[handle]/analytics/route.ts";
import * as videoCsvRoute from "../../../app/api/v1/videos/[videoId]/analytics/csv/route.ts";
import * as videoRoute from "../../../app/api/v1/videos/[videoId]/analytics/route.ts";

testDatabase();

let owner: Person;
const ids = { film: "", formula: "", deleted: "" };

const begun = (index: number, plays: number) => Array.from({ length: 17 }, (_, place) => (place === index ? plays : 0));
const dayOf = (videoId: string, day: string, plays: number) => ({
  ...{ videoId, day, views: plays - 1, plays, viewers: plays, watchMs: plays * 10_500 },
  ...{ retention: [plays, plays, 1, 0], retentionPlays: plays, startup: begun(3, plays) },
  ...{ stalls: 2, stallMs: 1_500, stalledPlays: 1, failedPlays: 1 },
});
const part = (
  videoId: string,
  [dimension, value, plays, ms]: [(typeof videoDayParts.$inferInsert)["dimension"], string, number, number],
) => ({
  ...{ videoId, day: "2026-11-02", dimension, value, plays, ms },
});

beforeAll(async () => {
  owner = await makePerson({ username: "film-maker" });
  const own = { creatorId: owner.account.id, channelId: owner.channelId, status: "ready" as const, durationMs: 4_000 };
  const film = await makeVideo({ ...own, id: "019a0000-0000-7000-8000-000000000001", title: 'A "film", long' });
  const formula = await makeVideo({ ...own, id: "019a0000-0000-7000-8000-000000000002", title: "=1+1" });
  const deleted = await makeVideo({ ...own, title: "Gone", deletedAt: new Date() });
  Object.assign(ids, { film: film.id, formula: formula.id, deleted: deleted.id });
  await db()
    .insert(videoDays)
    .values([
      dayOf(film.id, "2026-11-01", 4),
      dayOf(film.id, "2026-11-02", 6),
      dayOf(formula.id, "2026-11-02", 3),
      dayOf(deleted.id, "2026-11-02", 50),
      // Before a new file gave the video another length.
      { ...dayOf(film.id, "2026-10-20", 9), retention: [9, 9, 9, 9, 9] },
    ]);
  await db()
    .insert(videoDayParts)
    .values([
      part(film.id, ["source", "external:example.org", 4, 40_000]),
      part(film.id, ["source", "search", 2, 20_000]),
      part(formula.id, ["source", "search", 3, 9_000]),
      part(film.id, ["device", "mobile", 6, 60_000]),
      part(film.id, ["browser", "safari", 6, 60_000]),
      part(film.id, ["rendition", "360", 1, 5_000]),
      part(film.id, ["rendition", "1080", 5, 55_000]),
      part(film.id, ["error", "network", 3, 0]),
    ]);
});

const ask = (path: string, params: Record<string, string>, module: typeof videoRoute | typeof videoCsvRoute) =>
  module.GET(makeRequest({ as: owner, path }), withParams(params));
const november = "?from=2026-11-01&to=2026-11-03";

describe("analytics of a video", () => {
  it("tell every day, their sum, the retention curve and the quality", async () => {
    const response = await ask(`/${november}`, { videoId: ids.film }, videoRoute);
    const told: VideoAnalyticsDto = await response.json();
    expect(told).toEqual({
      ...{ from: "2026-11-01", to: "2026-11-03" },
      totals: { views: 8, plays: 10, viewers: 10, watchMs: 105_000 },
      days: [
        { day: "2026-11-01", views: 3, plays: 4, viewers: 4, watchMs: 42_000 },
        { day: "2026-11-02", views: 5, plays: 6, viewers: 6, watchMs: 63_000 },
        { day: "2026-11-03", views: 0, plays: 0, viewers: 0, watchMs: 0 },
      ],
      retention: { durationMs: 4_000, plays: 10, points: [1, 1, 0.2, 0] },
      sources: [
        { kind: "external", host: "example.org", plays: 4, watchMs: 40_000 },
        { kind: "search", host: null, plays: 2, watchMs: 20_000 },
      ],
      devices: [{ device: "mobile", plays: 6, watchMs: 60_000 }],
      browsers: [{ browser: "safari", plays: 6, watchMs: 60_000 }],
      quality: {
        startup: { plays: 10, p50Ms: 350, p90Ms: 390, p99Ms: 399 },
        stalls: { count: 4, ms: 3_000, plays: 2, ratio: 3_000 / 108_000 },
        failedPlays: 2,
        renditions: [
          { height: 1080, ms: 55_000 },
          { height: 360, ms: 5_000 },
        ],
        errors: [{ code: "network", count: 3 }],
      },
    });
  });

  it("leave days out of the curve on which the video was divided otherwise", async () => {
    const told: VideoAnalyticsDto = await (
      await ask("/?from=2026-10-01&to=2026-11-02", { videoId: ids.film }, videoRoute)
    ).json();
    expect(told.totals.plays).toBe(19);
    expect(told.retention).toEqual({ durationMs: 4_000, plays: 10, points: [1, 1, 0.2, 0] });
  });

  it("tell of nothing where nothing was watched, 28 days up to today unless asked", async () => {
    const { id } = await makeVideo({ creatorId: owner.account.id, channelId: owner.channelId, durationMs: 1000 });
    const told: VideoAnalyticsDto = await (await ask("/", { videoId: id }, videoRoute)).json();
    expect(told.days).toHaveLength(28);
    expect(told.days.at(-1)?.day).toBe(new Date().toISOString().slice(0, 10));
    expect(told).toMatchObject({ totals: { plays: 0 }, retention: null, sources: [] });
    expect(told.quality).toMatchObject({ startup: { plays: 0, p50Ms: null }, stalls: { ratio: 0 } });
  });

  it.each(["?from=2026-11-03&to=2026-11-02", "?from=2020-01-01&to=2026-11-02", "?from=yesterday", "?by=hour", "?x=1"])(
    "refuse %s",
    async (query) => {
      for (const module of [videoRoute, videoCsvRoute]) {
        const response = await ask(`/${query}`, { videoId: ids.film }, module);
        expect([response.status, await response.json()]).toMatchObject([400, { error: { code: "invalid_input" } }]);
      }
    },
  );
});

describe("analytics of a channel", () => {
  it("are those of all of its videos that are there", async () => {
    const response = await channelRoute.GET(
      makeRequest({ as: owner, path: `/${november}` }),
      withParams({ handle: owner.handle }),
    );
    const told: ChannelAnalyticsDto = await response.json();
    expect(told.totals).toEqual({ views: 10, plays: 13, viewers: 13, watchMs: 136_500 });
    expect(told.videos.map(({ title, views, plays }) => [title, views, plays])).toEqual([
      ['A "film", long', 8, 10],
      ["=1+1", 2, 3],
    ]);
    expect(told.sources[0]).toEqual({ kind: "search", host: null, plays: 5, watchMs: 29_000 });
  });
});

const header =
  "day,video_id,title,views,plays,viewers,watch_seconds,startup_p50_ms,startup_p90_ms,stalls,stalled_plays,stall_ratio,failed_plays";

describe("tables", () => {
  it("of a video have a line for each day that was watched", async () => {
    const response = await ask(`/${november}`, { videoId: ids.film }, videoCsvRoute);
    expect(response.headers.get("content-type")).toBe("text/csv; charset=utf-8; header=present");
    expect(response.headers.get("content-disposition")).toContain(`video-${ids.film}-2026-11-01-2026-11-03.csv`);
    expect(new TextDecoder("utf-8", { ignoreBOM: true }).decode(await response.arrayBuffer())).toBe(
      [
        `\uFEFF${header}`,
        `2026-11-01,${ids.film},"A ""film"", long",3,4,4,42,350,390,2,1,0.0345,1`,
        `2026-11-02,${ids.film},"A ""film"", long",5,6,6,63,350,390,2,1,0.0233,1`,
        "",
      ].join("\r\n"),
    );
  });

  it("of a channel have no formula in them", async () => {
    const response = await channelCsvRoute.GET(
      makeRequest({ as: owner, path: "/?from=2026-11-02&to=2026-11-02" }),
      withParams({ handle: owner.handle }),
    );
    const lines = (await response.text()).split("\r\n");
    expect(lines).toHaveLength(4);
    expect(lines[2]).toBe(`2026-11-02,${ids.formula},'=1+1,2,3,3,31.5,350,390,2,1,0.0455,1`);
  });
});
