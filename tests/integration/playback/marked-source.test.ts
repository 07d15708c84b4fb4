import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { db, transaction } from "#lib/db/client.ts";
import { insertRenditions } from "#lib/db/queries/runs/publish-run.ts";
import { lockRunningRun } from "#lib/db/queries/runs/runs.ts";
import { runs, videos } from "#lib/db/schema/index.ts";
import { newId } from "#lib/ids.ts";
import { noWishes, type Wishes } from "#lib/media/plan/wishes.ts";
import { finishRun } from "#lib/media/playlists/finish-run.ts";
import { mediaUrl } from "#lib/playback/media-url.ts";
import { followUp } from "#lib/processing/follow-up.ts";
import { objectStore } from "#lib/storage/index.ts";
import { runPrefix, segmentName } from "#lib/storage/keys.ts";
import { makeBearer } from "#tests/factories/bearer.ts";
import { livePart, livePlan, liveSegments } from "#tests/factories/live-plan.ts";
import { makeRun, makeVideo } from "#tests/factories/rows.ts";
import { parsePlaylist } from "#tests/media/read-run.ts";
import { testDatabase } from "#tests/setup/database.ts";
import { serveRoutes } from "#tests/setup/serve-routes.ts";
import * as mediaRoute from "../../../app/media/[...key]/route.ts";

testDatabase();

let site: Awaited<ReturnType<typeof serveRoutes>>;
let owner: Awaited<ReturnType<typeof makeBearer>>;
let other: Awaited<ReturnType<typeof makeBearer>>;

beforeAll(async () => {
  site = await serveRoutes([{ path: /^\/media\//, module: mediaRoute }]);
  owner = await makeBearer();
  other = await makeBearer();
});
afterAll(() => site.stop());

const marked: Wishes = {
  ...noWishes,
  watermark: {
    ...{ watermarkId: newId(), imageKey: "watermarks/one/two.png", imageWidth: 300, imageHeight: 100 },
    design: { kind: "image", text: null, position: "center", opacity: 1, scale: 0.2, margin: 0.05 },
  },
};

type Pictures = { encoded: readonly string[]; source: "avc" | "vp9" };
const both: Pictures = { encoded: ["360p"], source: "avc" };

/** A run as it lies in storage once it is published, made by the same code that finishes real ones. */
const store = async (video: { id: string }, { encoded, source }: Pictures) => {
  const row = await makeRun({ videoId: video.id, state: "published", endedAt: new Date() });
  const prefix = runPrefix({ videoId: video.id, runId: row.id });
  const whole = livePlan(source);
  const plan = {
    ...whole,
    rungs: whole.rungs.filter(({ name }) => encoded.includes(name)),
    ...(whole.source === null ? {} : { source: { ...whole.source, keep: true } }),
  };
  await db().update(runs).set({ plan }).where(eq(runs.id, row.id));
  const own = whole.source?.audio.map(({ rendition }) => rendition) ?? [];
  const names = [...new Set([...encoded, "source", "audio-0", ...own])];
  const { playlists, result } = finishRun({
    plan,
    parts: names.map((name) => withKeyFrames(livePart(name, 0, liveSegments))),
    poster: null,
    names: {
      ...{ prefix, multivariant: "index.m3u8", poster: `${prefix}poster.jpg` },
      thumbnail: (width) => `${prefix}poster-w${width}.webp`,
      playlist: (rendition) => `${rendition}/index.m3u8`,
      ...{ init: () => "init.mp4", segment: segmentName },
    },
  });
  const multivariant = playlists.find(({ name }) => name === "index.m3u8")?.text ?? "";
  const texts = [...playlists, { name: "planned.m3u8", text: multivariant }];
  for (const { name, text } of texts) await objectStore().put({ key: prefix + name, body: Buffer.from(text) });
  for (const name of names) {
    for (const file of ["init.mp4", segmentName(0)]) {
      await objectStore().put({ key: `${prefix}${name}/${file}`, body: Buffer.from(name) });
    }
  }
  await transaction((tx) => insertRenditions(tx, { runId: row.id, rows: result.renditions, known: "keep" }));
  await db().update(videos).set({ currentRunId: row.id, status: "ready" }).where(eq(videos.id, video.id));
  return { prefix, runId: row.id };
};

const withKeyFrames = (part: ReturnType<typeof livePart>) => ({
  ...part,
  segments: part.segments.map((segment) => ({ ...segment, keyFrameBytes: 5_000 })),
});

/** A run whose probe has just ended, with that wish. */
const running = async (video: { id: string }, wishes: Wishes) => {
  const row = await makeRun({ videoId: video.id, wishes });
  const plan = livePlan(wishes.watermark === null ? "avc" : "none", { watermark: wishes.watermark });
  await transaction(async (tx) => {
    const run = await lockRunningRun(tx, row.id);
    if (run !== null) await followUp(tx, { run, kind: "probe", result: { plan } });
  });
  return { prefix: runPrefix({ videoId: video.id, runId: row.id }), runId: row.id };
};

const newVideo = (visibility: "public" | "private" = "public") =>
  makeVideo({ creatorId: owner.user.id, channelId: owner.channel.id, visibility, status: "processing" });

const mark = (video: { id: string }, wishes: Wishes = marked) =>
  db().update(videos).set({ wishes }).where(eq(videos.id, video.id));

const get = (path: string, headers: Record<string, string> = {}) => fetch(new URL(path, site.url), { headers });
const callers = () => ({ stranger: {}, owner: owner.headers, other: other.headers });

const files = ["init.mp4", segmentName(0), segmentName(3), "index.m3u8", "iframes.m3u8"].flatMap((name) => [
  `source/${name}`,
  `source-audio-0/${name}`,
]);

/** Nobody gets anything of the source, by any address. */
const expectHidden = async (prefix: string) => {
  for (const [who, headers] of Object.entries(callers())) {
    for (const file of files) {
      // What opened a video is remembered for three seconds.
      await expect
        .poll(async () => (await get(`/media/${prefix}${file}`, headers)).status, { timeout: 5000, message: file })
        .toBe(404);
    }
    for (const name of ["index.m3u8", "planned.m3u8"]) {
      const response = await get(`/media/${prefix}${name}`, headers);
      if (response.status === 200) expect(await response.text(), `${name} for ${who}`).not.toMatch(/source/);
    }
  }
};

const status = async (path: string) => (await get(`/media/${path}`)).status;

describe("the unmarked source of a marked video", () => {
  it("is there of a video without a mark", async () => {
    const { prefix } = await store(await newVideo(), both);
    for (const file of ["source/init.mp4", "source/index.m3u8", "source/iframes.m3u8", `source/${segmentName(0)}`]) {
      expect(await status(prefix + file), file).toBe(200);
    }
    expect(await (await get(`/media/${prefix}index.m3u8`)).text()).toMatch(/source\/index.m3u8[\s\S]*source\/iframes/);
  });

  it("is never there while its first run goes on, nor after it", async () => {
    const video = await newVideo();
    await mark(video);
    const { prefix, runId } = await running(video, marked);
    await expectHidden(prefix);
    await db().update(runs).set({ state: "published", endedAt: new Date() }).where(eq(runs.id, runId));
    await db().update(videos).set({ currentRunId: runId, status: "ready" }).where(eq(videos.id, video.id));
    await expectHidden(prefix);
  });

  it("is hidden in the older run that plays on while the marked one is made, whose other pictures stay", async () => {
    const video = await newVideo();
    const old = await store(video, both);
    await mark(video);
    const next = await running(video, marked);
    await expectHidden(old.prefix);
    await expectHidden(next.prefix);
    for (const name of ["index.m3u8", "planned.m3u8"]) {
      const text = await (await get(`/media/${old.prefix}${name}`)).text();
      const playlist = parsePlaylist(text);
      expect(playlist.isMasterPlaylist && playlist.variants.map(({ uri }) => uri)).toEqual([
        "360p/index.m3u8",
        "360p/iframes.m3u8",
      ]);
    }
    expect(await status(`${old.prefix}360p/${segmentName(0)}`)).toBe(200);
    expect(await status(`${old.prefix}audio-0/${segmentName(0)}`)).toBe(200);
  });

  it("takes its own sound along, and leaves that of the others", async () => {
    const video = await newVideo();
    const old = await store(video, { encoded: ["360p", "480p"], source: "vp9" });
    await mark(video);
    await expectHidden(old.prefix);
    const text = await (await get(`/media/${old.prefix}index.m3u8`)).text();
    expect(text).toMatch(/GROUP-ID="audio"/);
    expect(parsePlaylist(text).isMasterPlaylist).toBe(true);
  });

  it("plays on where an older run has nothing else, until the marked one takes its place", async () => {
    const video = await newVideo();
    const old = await store(video, { encoded: [], source: "avc" });
    await mark(video);
    expect(await status(`${old.prefix}source/${segmentName(0)}`)).toBe(200);
    expect(await (await get(`/media/${old.prefix}index.m3u8`)).text()).toContain("source/index.m3u8");
    const next = await makeRun({ videoId: video.id, state: "published", wishes: marked, endedAt: new Date() });
    await db().update(runs).set({ state: "superseded" }).where(eq(runs.id, old.runId));
    await db().update(videos).set({ currentRunId: next.id }).where(eq(videos.id, video.id));
    await expectHidden(old.prefix);
  });

  it("is hidden behind a signature too, and from its owner", async () => {
    const video = await newVideo("private");
    const { prefix } = await store(video, both);
    const signed = (file: string) => mediaUrl({ key: prefix + file, video, now: new Date() });
    expect((await get(signed(`source/${segmentName(0)}`))).status).toBe(200);
    await mark(video);
    await expectHidden(prefix);
    expect((await get(signed(`source/${segmentName(0)}`))).status).toBe(404);
    expect((await get(signed(`360p/${segmentName(0)}`))).status).toBe(200);
    expect(await (await get(signed("index.m3u8"))).text()).not.toContain("source/");
  });

  it("is there again at once when the mark is taken away", async () => {
    const video = await newVideo();
    const { prefix } = await store(video, both);
    await mark(video);
    await expectHidden(prefix);
    await mark(video, noWishes);
    expect(await status(`${prefix}source/${segmentName(0)}`)).toBe(200);
  });
});
