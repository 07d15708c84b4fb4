import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { db, transaction } from "#lib/db/client.ts";
import { insertChunks } from "#lib/db/queries/runs/chunks.ts";
import { lockRunningRun } from "#lib/db/queries/runs/runs.ts";
import { runs, videos } from "#lib/db/schema/index.ts";
import type { Plan } from "#lib/media/plan/plan.ts";
import type { RenditionPart } from "#lib/media/playlists/rendition-parts.ts";
import { mediaUrl } from "#lib/playback/media-url.ts";
import { followUp } from "#lib/processing/follow-up.ts";
import { noteStretches } from "#lib/processing/note-stretches.ts";
import { chunkRowOf } from "#lib/processing/publish-stretch.ts";
import { runPrefix } from "#lib/storage/keys.ts";
import { getVideo } from "#lib/videos/get-video.ts";
import { makeBearer } from "#tests/factories/bearer.ts";
import { livePart, livePlan } from "#tests/factories/live-plan.ts";
import { makeRun, makeVideo } from "#tests/factories/rows.ts";
import { testDatabase } from "#tests/setup/database.ts";
import { serveRoutes } from "#tests/setup/serve-routes.ts";
import { waitFor } from "#tests/setup/wait-for.ts";
import * as mediaRoute from "../../../app/media/[...key]/route.ts";

testDatabase();

let site: Awaited<ReturnType<typeof serveRoutes>>;
let owner: Awaited<ReturnType<typeof makeBearer>>;

beforeAll(async () => {
  site = await serveRoutes([{ path: /^\/media\//, module: mediaRoute }]);
  owner = await makeBearer();
});
afterAll(() => site.stop());

/** A run whose probe has just ended with that plan. */
const planned = async (plan: Plan, visibility: "public" | "unlisted" | "private" = "unlisted") => {
  const video = await makeVideo({
    ...{ creatorId: owner.user.id, channelId: owner.channel.id, visibility, status: "processing" },
  });
  const row = await makeRun({ videoId: video.id });
  await transaction(async (tx) => {
    const run = await lockRunningRun(tx, row.id);
    if (run !== null) await followUp(tx, { run, kind: "probe", result: { plan } });
  });
  return { video, runId: row.id, prefix: runPrefix({ videoId: video.id, runId: row.id }) };
};

/** Lists stretches as a step that goes on does. */
const publish = (runId: string, parts: RenditionPart[]) =>
  transaction(async (tx) => {
    const run = await lockRunningRun(tx, runId);
    if (run === null) throw new Error("the run has ended");
    await insertChunks(tx, { runId, rows: parts.map(chunkRowOf) });
    await noteStretches(tx, { run, parts });
  });

const get = (path: string, headers: Record<string, string> = {}, method = "GET") =>
  fetch(new URL(path, site.url), { method, headers });
const text = async (path: string) => {
  const response = await get(path);
  return response.status === 200 ? response.text() : String(response.status);
};
const waitUntil = (what: string, until: () => Promise<boolean>) => waitFor({ what, until });
const asOwner = (videoId: string) => getVideo({ viewer: owner.user, videoId });

const avc = livePlan("avc");
const withForeignSound = livePlan("avc", {
  audio: livePlan("none").audio,
  source: avc.source === null ? null : { ...avc.source, audio: [] },
});

describe("a run with a source rung", () => {
  it("is playable with its plan, and says what the plan knows", async () => {
    const { video, prefix, runId } = await planned(livePlan("avc"));
    const dto = await asOwner(video.id);
    expect(dto).toMatchObject({
      ...{ status: "processing", playable: true, durationMs: 24_000, width: 1280, height: 720, frameRate: 25 },
      playback: { hlsUrl: `/media/${prefix}index.m3u8` },
      renditions: [{ name: "source", bandwidth: 2_000_000, codecs: "avc1.64001f", availableMs: null }],
    });
    const multivariant = await text(`/media/${prefix}index.m3u8`);
    expect(multivariant).toContain("source/index.m3u8");
    expect(multivariant).not.toContain("360p");
    expect(await text(`/media/${prefix}planned.m3u8`)).toContain("360p/index.m3u8");
    for (const rendition of ["source", "audio-0"]) {
      expect(await text(`/media/${prefix}${rendition}/index.m3u8`)).toContain("#EXT-X-ENDLIST");
    }
    await publish(runId, [livePart("360p", 0, 2)]);
    expect((await asOwner(video.id)).renditions.map(({ name, availableMs }) => [name, availableMs])).toEqual([
      ["360p", 8000],
      ["source", null],
    ]);
  });

  it("waits for the sound that plays with it when that must be encoded", async () => {
    const { video, prefix, runId } = await planned(withForeignSound);
    expect((await asOwner(video.id)).playable).toBe(false);
    expect((await get(`/media/${prefix}index.m3u8`)).status).toBe(404);
    await publish(runId, [livePart("audio-0", 0, 1)]);
    expect((await asOwner(video.id)).playable).toBe(true);
    expect(await text(`/media/${prefix}index.m3u8`)).toContain("source/index.m3u8");
  });

  it("plays at once with a sound of its own, and offers the others when their sound is there", async () => {
    const { video, prefix, runId } = await planned(livePlan("vp9"));
    expect((await asOwner(video.id)).playable).toBe(true);
    await publish(runId, [livePart("360p", 0, 2)]);
    expect(await text(`/media/${prefix}index.m3u8`)).not.toContain("360p");
    await publish(runId, [livePart("audio-0", 0, 2)]);
    await waitUntil("its sound", async () => (await text(`/media/${prefix}index.m3u8`)).includes("360p"));
  });
});

describe("a run without a source rung", () => {
  it("is playable from its first stretch of picture and sound on, and grows", async () => {
    const { video, prefix, runId } = await planned(livePlan("none"));
    expect((await get(`/media/${prefix}index.m3u8`)).status).toBe(404);
    await publish(runId, [livePart("360p", 2, 1)]);
    await publish(runId, [livePart("audio-0", 0, 1)]);
    expect((await asOwner(video.id)).playable).toBe(false);
    await publish(runId, [livePart("360p", 0, 1)]);
    const [row] = await db().select().from(runs).where(eq(runs.id, runId));
    expect(row?.playableAt).toBeInstanceOf(Date);
    const dto = await asOwner(video.id);
    expect(dto.playable).toBe(true);
    expect(dto.renditions).toMatchObject([{ name: "360p", availableMs: 4000 }]);
    const first = await get(`/media/${prefix}360p/index.m3u8`);
    expect(first.headers.get("content-type")).toBe("application/vnd.apple.mpegurl");
    expect(first.headers.get("cache-control")).toBe("private, no-cache");
    const etag = first.headers.get("etag") ?? "";
    expect((await first.text()).match(/m4s/g)).toHaveLength(1);
    expect((await get(`/media/${prefix}360p/index.m3u8`, { "If-None-Match": etag })).status).toBe(304);
    await publish(runId, [livePart("360p", 1, 1)]);
    await waitUntil("three segments", async () =>
      (await text(`/media/${prefix}360p/index.m3u8`)).includes("00002.m4s"),
    );
    expect((await get(`/media/${prefix}360p/index.m3u8`, { "If-None-Match": etag })).status).toBe(200);
    const head = await get(`/media/${prefix}360p/index.m3u8`, {}, "HEAD");
    expect([head.status, await head.text()]).toEqual([200, ""]);
  });
});

describe("access to what is not stored yet", () => {
  it("follows the video's visibility, signatures and deletion", async () => {
    const { video, prefix } = await planned(livePlan("avc"), "private");
    const path = `/media/${prefix}source/index.m3u8`;
    expect((await get(path)).status).toBe(404);
    expect((await get(path, owner.headers)).status).toBe(200);
    const signed = mediaUrl({ key: `${prefix}index.m3u8`, video, now: new Date() });
    expect((await get(signed)).status).toBe(200);
    const foreign = await planned(livePlan("avc"));
    expect((await get(path.replace(video.id, foreign.video.id))).status).toBe(404);
    await db().update(videos).set({ deletedAt: new Date() }).where(eq(videos.id, video.id));
    await waitUntil("the end", async () => (await get(path, owner.headers)).status === 404);
  });

  it("ends with the run when it fails", async () => {
    const { prefix, runId, video } = await planned(livePlan("avc"));
    await db().update(runs).set({ state: "failed", endedAt: new Date() }).where(eq(runs.id, runId));
    await db().update(videos).set({ status: "failed" }).where(eq(videos.id, video.id));
    expect((await asOwner(video.id)).playable).toBe(false);
    await waitUntil("the end", async () => (await get(`/media/${prefix}index.m3u8`)).status === 404);
  });

  it("has nothing of odd names", async () => {
    const { prefix } = await planned(livePlan("avc"));
    for (const name of [
      "other.m3u8",
      "1080p/index.m3u8",
      "source/0.m4s",
      "source/000000.m4s",
      "source/x.m4s",
      "x.vtt",
    ]) {
      expect((await get(`/media/${prefix}${name}`)).status, name).toBe(404);
    }
  });
});
