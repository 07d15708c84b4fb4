import { and, eq, sql } from "drizzle-orm";
import { describe, expect, test, vi } from "vitest";
import { db, transaction } from "#lib/db/client.ts";
import { flipToRun } from "#lib/db/queries/runs/publish-run.ts";
import { runs, videos } from "#lib/db/schema/index.ts";
import { newId } from "#lib/ids.ts";
import { objectStore } from "#lib/storage/index.ts";
import { cleanPosterKey, posterProposalKey, videoRunsPrefix } from "#lib/storage/keys.ts";
import { deleteVideo, restoreVideo } from "#lib/videos/delete-video.ts";
import { makePoster } from "#lib/videos/make-poster.ts";
import { posterChoiceOf } from "#lib/videos/poster-choice.ts";
import { removePoster } from "#lib/videos/remove-poster.ts";
import { setVideoWatermark } from "#lib/watermarks/video-watermark.ts";
import { makePerson } from "#tests/factories/people.ts";
import { makeReceivedVideo } from "#tests/factories/received-video.ts";
import { makeRequest, withParams } from "#tests/factories/requests.ts";
import { makeRun } from "#tests/factories/rows.ts";
import { testDatabase } from "#tests/setup/database.ts";
import * as posterRoute from "../../../app/api/v1/videos/[videoId]/poster/route.ts";
import { bytesOf, keysOf, makeChosen, posterScene, rowOf, shown, shownThumbnails } from "./poster-scene.ts";

testDatabase();
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const { person, small, pathOf, readyVideo, greenMark, get, put, putImage } = posterScene();

/** How many files of chosen posters there are, by their endings. */
const chosenFiles = async (videoId: string) =>
  (await keysOf(`${videoRunsPrefix(videoId)}posters/`)).map((key) => /\/[0-9a-f-]{36}([^/]+)$/.exec(key)?.[1]);

test("an editor learns what there is to choose from", async () => {
  const { videoId, runId } = await readyVideo();
  const { status, poster } = await get(videoId);
  expect(status).toBe(200);
  expect(poster).toMatchObject({ origin: "auto", making: false, failure: null, frames: { durationMs: 4000 } });
  expect(poster.proposals.map(({ index }) => index)).toEqual([0, 1]);
  expect(poster.proposals[1]?.url).toContain(`/runs/${videoId}/${runId}/poster-1.jpg`);
});

describe("a proposal", () => {
  test("is copied, survives its run, and automatic comes back", async () => {
    const { videoId, runId } = await readyVideo();
    const { status, poster } = await put(videoId, { kind: "proposal", index: 1 });
    expect([status, poster.origin]).toEqual([200, "frame"]);
    const chosen = await rowOf(videoId);
    expect(chosen).toMatchObject({ dominantColor: "#008000", posterOrigin: "frame", posterWidths: [320] });
    expect(await chosenFiles(videoId)).toEqual(["-w320.webp", ".jpg"]);
    await objectStore().removePrefix(`${videoRunsPrefix(videoId)}${runId}/`);
    expect((await shown(videoId)).green).toBeGreaterThan(100);
    expect(await shownThumbnails(videoId)).toMatchObject([{ size: "320,180", green: expect.closeTo(0x80, -1) }]);
    // A later run proposes another and changes nothing.
    const later = await makeRun({ videoId });
    const facts = { durationMs: 4000, width: 640, height: 360, frameRate: "25", dominantColor: "#111111" };
    const other = { posterKey: "other", posterWidths: [320, 640] };
    await transaction((tx) => flipToRun(tx, { videoId, runId: later.id, facts: { ...facts, ...other } }));
    const { posterKey, posterWidths, dominantColor } = chosen;
    expect(await rowOf(videoId)).toMatchObject({ posterKey, posterWidths, dominantColor });
    await db().update(videos).set({ currentRunId: runId }).where(eq(videos.id, videoId));
    expect((await put(videoId, { kind: "auto" })).poster.origin).toBe("auto");
    expect(await rowOf(videoId)).toMatchObject({
      ...{ posterOrigin: "auto", dominantColor: "#0000fe", posterWidths: [] },
      posterKey: posterProposalKey({ videoId, runId, index: 0 }),
    });
    await removePoster({ videoId, key: chosen.posterKey ?? "" });
    expect(await keysOf(`${videoRunsPrefix(videoId)}posters/`)).toEqual([]);
  });

  test("that is not there is refused", async () => {
    const { videoId } = await readyVideo();
    expect((await put(videoId, { kind: "proposal", index: 2 })).status).toBe(422);
    expect((await put(videoId, { kind: "proposal" })).status).toBe(400);
    expect((await put(videoId, { kind: "frame", atMs: -1 })).status).toBe(400);
    expect((await put(videoId, { kind: "auto", more: 1 })).status).toBe(400);
  });
});

describe("a frame", () => {
  test.each([
    [0, 0x40],
    [1980, 0x70],
    [2000, 0xa0],
    [4000, 0xd0],
  ])("at %i ms is the one on screen then", async (atMs, red) => {
    const { videoId } = await readyVideo();
    const { status, poster } = await put(videoId, { kind: "frame", atMs });
    expect([status, poster.making]).toEqual([202, true]);
    await makeChosen(videoId);
    const seen = await shown(videoId);
    expect(seen.size).toBe("640,360");
    expect(Math.abs(seen.red - red)).toBeLessThan(12);
    const copies = await shownThumbnails(videoId);
    expect(copies.map(({ size }) => size)).toEqual(["320,180", "640,360"]);
    for (const copy of copies) expect(Math.abs(copy.red - seen.red)).toBeLessThan(12);
    expect(await rowOf(videoId)).toMatchObject({ posterOrigin: "frame", posterChoice: null });
    expect((await get(videoId)).poster.making).toBe(false);
  });

  test("of two choices the last one wins, whichever is made last", async () => {
    const { videoId } = await readyVideo();
    await put(videoId, { kind: "frame", atMs: 500 });
    const first = posterChoiceOf(await rowOf(videoId))?.id;
    await put(videoId, { kind: "frame", atMs: 3500 });
    await makeChosen(videoId);
    await makeChosen(videoId, first);
    expect(Math.abs((await shown(videoId)).red - 0xd0)).toBeLessThan(12);
    expect(await chosenFiles(videoId)).toEqual(["-w320.webp", "-w640.webp", ".jpg"]);
  });

  test("that another run of the same job has shown meanwhile stays", async () => {
    const { videoId } = await readyVideo();
    await put(videoId, { kind: "frame", atMs: 500 });
    const choiceId = posterChoiceOf(await rowOf(videoId))?.id ?? "";
    const path = pathOf("late.jpg");
    await small("late.jpg", ["-f", "lavfi", "-i", "color=0x400000:s=640x360"]);
    const late = async () => {
      await makeChosen(videoId, choiceId);
      return { path, dominantColor: "#400000", thumbnails: [] };
    };
    await makePoster({ videoId, choiceId, make: late });
    expect(Math.abs((await shown(videoId)).red - 0x40)).toBeLessThan(12);
    expect(await chosenFiles(videoId)).toEqual(["-w320.webp", "-w640.webp", ".jpg"]);
  });

  test("after the end is refused, and so is any frame of a video without a plan", async () => {
    const { videoId } = await readyVideo();
    const late = await put(videoId, { kind: "frame", atMs: 4001 });
    expect([late.status, Object.keys((late.poster as unknown as { error: { fields: object } }).error.fields)]).toEqual([
      400,
      ["atMs"],
    ]);
    const bare = await makeReceivedVideo({ creatorId: person().account.id, channelId: person().channelId });
    expect((await put(bare.videoId, { kind: "frame", atMs: 0 })).status).toBe(422);
    expect((await get(bare.videoId)).poster).toMatchObject({ frames: null, proposals: [], posterUrl: null });
  });
});

describe("a chosen frame of a marked video", () => {
  const mark = async (videoId: string, watermarkId: string | null) => {
    await setVideoWatermark({ viewer: person().account, videoId, choice: { watermarkId } });
    await cancelRun(videoId);
  };
  // A second choice of a mark is refused while the first one's run goes on.
  const cancelRun = (videoId: string) =>
    db()
      .update(runs)
      .set({ state: "cancelled" })
      .where(and(eq(runs.videoId, videoId), eq(runs.state, "running")));

  test("gets the mark with the choice of it, and loses it with it, as clean as it was", async () => {
    const { videoId } = await readyVideo();
    await put(videoId, { kind: "frame", atMs: 500 });
    await makeChosen(videoId);
    const first = await rowOf(videoId);
    const clean = await bytesOf(first.posterKey ?? "");
    await mark(videoId, await greenMark());
    expect((await get(videoId)).poster.making).toBe(true);
    await makeChosen(videoId);
    const seen = await shown(videoId);
    expect(seen.size).toBe("640,360");
    expect(seen.green).toBeGreaterThan(200);
    const copies = await shownThumbnails(videoId);
    expect(copies.map(({ size, green }) => [size, green > 200])).toEqual([
      ["320,180", true],
      ["640,360", true],
    ]);
    expect(await rowOf(videoId)).toMatchObject({ posterOrigin: "frame", posterChoice: null });
    const marked = (await rowOf(videoId)).posterKey ?? "";
    expect(await bytesOf(cleanPosterKey(marked))).toEqual(clean);
    await mark(videoId, null);
    await makeChosen(videoId);
    expect(await bytesOf((await rowOf(videoId)).posterKey ?? "")).toEqual(clean);
    expect((await shownThumbnails(videoId)).map(({ green }) => green < 30)).toEqual([true, true]);
    await removePoster({ videoId, key: marked });
    await removePoster({ videoId, key: first.posterKey ?? "" });
    expect(await chosenFiles(videoId)).toEqual(["-w320.webp", "-w640.webp", ".jpg"]);
  });

  test("is marked when it is chosen later, also when it is a proposal of the run before", async () => {
    const { videoId } = await readyVideo();
    await mark(videoId, await greenMark());
    expect((await rowOf(videoId)).posterChoice).toBeNull();
    await put(videoId, { kind: "frame", atMs: 500 });
    await makeChosen(videoId);
    expect((await shown(videoId)).green).toBeGreaterThan(200);
    expect((await put(videoId, { kind: "proposal", index: 0 })).poster.making).toBe(true);
    await makeChosen(videoId);
    const seen = await shown(videoId);
    expect([seen.green > 200, seen.blue < 60]).toEqual([true, true]);
  });
});

describe("an own picture", () => {
  const square = ["-f", "lavfi", "-i", "color=lime:s=300x300,drawbox=x=0:y=0:w=300:h=20:c=red:t=fill"];

  test.each(["jpg", "png", "webp"])("as %s is re-encoded and fills the video's shape", async (ending) => {
    const { videoId } = await readyVideo();
    const bytes = Uint8Array.from(await small(`picture.${ending}`, square));
    const { status, poster } = await putImage(videoId, bytes, `image/${ending === "jpg" ? "jpeg" : ending}`);
    expect([status, poster.making]).toEqual([202, true]);
    expect(await keysOf(`originals/${videoId}/images/`)).toHaveLength(1);
    await makeChosen(videoId);
    const seen = await shown(videoId);
    expect(seen.size).toBe("640,360");
    expect(seen.green).toBeGreaterThan(200);
    expect(seen.red).toBeLessThan(60);
    const copies = await shownThumbnails(videoId);
    expect(copies.map(({ size, green, red }) => [size, green > 200, red < 60])).toEqual([
      ["320,180", true, true],
      ["640,360", true, true],
    ]);
    expect((await rowOf(videoId)).posterOrigin).toBe("image");
    // What was sent is gone, and what came of it can be fetched under the video's own addresses.
    expect(await keysOf(`originals/${videoId}/images/`)).toEqual([]);
    expect((await get(videoId)).poster.posterUrl).toMatch(new RegExp(`/runs/${videoId}/posters/[0-9a-f-]+\\.jpg$`));
  });

  test("that is none is refused at once, one that only looks like one fails and leaves the poster", async () => {
    const { videoId } = await readyVideo();
    const before = (await rowOf(videoId)).posterKey;
    const words = new TextEncoder().encode("#EXTM3U\nhttp://localhost/secret");
    expect((await putImage(videoId, words, "image/png")).status).toBe(415);
    const broken = Uint8Array.from((await small("whole.png", square)).subarray(0, 60));
    expect((await putImage(videoId, broken, "image/png")).status).toBe(202);
    await makeChosen(videoId);
    const { poster } = await get(videoId);
    expect(poster.making).toBe(false);
    expect(poster.failure?.message).not.toBe("");
    expect((await rowOf(videoId)).posterKey).toBe(before);
    expect((await put(videoId, { kind: "auto" })).poster.failure).toBeNull();
  });

  test.each(["36000x10", "10x36000", "5000x5000", "1x1", "1x300"])(
    "of %s pixels becomes no larger one on the way",
    async (size) => {
      const { videoId } = await readyVideo();
      // JPEG, because its halved colours are what a cut by odd numbers is hardest for.
      const bytes = await small(`long-${size}.jpg`, [
        "-f",
        "lavfi",
        "-i",
        `color=lime:s=64x64,scale=${size.replace("x", ":")}`,
      ]);
      await putImage(videoId, Uint8Array.from(bytes), "image/jpeg");
      await makeChosen(videoId);
      const seen = await shown(videoId);
      expect([seen.size, seen.green > 200, seen.red < 60]).toEqual(["640,360", true, true]);
    },
  );

  test("beyond 10 MiB is refused", async () => {
    const { videoId } = await readyVideo();
    expect((await putImage(videoId, new Uint8Array(10 * 1024 * 1024 + 1), "image/jpeg")).status).toBe(413);
  });
});

describe("a choice whose video is deleted before it is made", () => {
  const queuedChoices = async (videoId: string) => {
    const jobs = await db().execute<{ payload: { videoId: string; choiceId: string } }>(
      sql`select j.payload from graphile_worker._private_jobs j
        join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier = 'videos/make-poster'`,
    );
    return jobs.flatMap(({ payload }) => (payload.videoId === videoId ? payload.choiceId : []));
  };
  const forget = () => db().execute(sql`delete from graphile_worker._private_jobs`);
  const green = ["-f", "lavfi", "-i", "color=lime:s=300x300"];

  test.each([
    ["a frame", (videoId: string) => put(videoId, { kind: "frame", atMs: 500 })],
    [
      "an own picture",
      async (videoId: string) => putImage(videoId, Uint8Array.from(await small("own.png", green)), "image/png"),
    ],
  ])("is made when the video comes back: %s", async (_name, choose) => {
    const { videoId } = await readyVideo();
    const before = (await rowOf(videoId)).posterKey;
    await choose(videoId);
    const choiceId = posterChoiceOf(await rowOf(videoId))?.id ?? "";
    const ref = { viewer: person().account, videoId };
    await deleteVideo(ref);
    await makeChosen(videoId, choiceId);
    expect((await rowOf(videoId)).posterKey).toBe(before);
    // The queue is done with it.
    await forget();
    await restoreVideo(ref);
    expect(await queuedChoices(videoId)).toEqual([choiceId]);
    await makeChosen(videoId, choiceId);
    expect((await rowOf(videoId)).posterKey).not.toBe(before);
    expect((await get(videoId)).poster).toMatchObject({ making: false, failure: null });
  });
});

test("nobody else may choose", async () => {
  const { videoId } = await readyVideo();
  const other = await makePerson();
  const request = makeRequest({ method: "PUT", as: other, body: { kind: "auto" } });
  expect((await posterRoute.PUT(request, withParams({ videoId }))).status).toBe(404);
  expect((await posterRoute.GET(makeRequest({ as: other }), withParams({ videoId: newId() }))).status).toBe(404);
});
