import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { and, eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { db, transaction } from "#lib/db/client.ts";
import { flipToRun } from "#lib/db/queries/runs/publish-run.ts";
import { runs, videos, watermarks } from "#lib/db/schema/index.ts";
import { newId } from "#lib/ids.ts";
import { objectStore } from "#lib/storage/index.ts";
import { cleanPosterKey, posterProposalKey, videoRunsPrefix, watermarkImageKey } from "#lib/storage/keys.ts";
import { deleteVideo, restoreVideo } from "#lib/videos/delete-video.ts";
import type { PosterDto } from "#lib/videos/dto.ts";
import { makePoster } from "#lib/videos/make-poster.ts";
import { posterChoiceOf } from "#lib/videos/poster-choice.ts";
import { removePoster } from "#lib/videos/remove-poster.ts";
import { setVideoWatermark } from "#lib/watermarks/video-watermark.ts";
import { makePerson, type Person } from "#tests/factories/people.ts";
import { makeReceivedVideo } from "#tests/factories/received-video.ts";
import { makeRequest, withParams } from "#tests/factories/requests.ts";
import { makeRun, makeRunStep } from "#tests/factories/rows.ts";
import { testWorkspace } from "#tests/factories/workspace.ts";
import { makeProbedPlan } from "#tests/media/probed-plan.ts";
import { runTool } from "#tests/media/run-tool.ts";
import { testDatabase } from "#tests/setup/database.ts";
import { createFfmpegRunner } from "#worker/ffmpeg.ts";
import { makePosterTask } from "#worker/tasks/make-poster.ts";
import * as posterRoute from "../../../app/api/v1/videos/[videoId]/poster/route.ts";

testDatabase();
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let folder: string;
let owner: Person;
let clip: string;

const reds = ["0x400000", "0x700000", "0xa00000", "0xd00000"];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "kinora-choose-"));
  owner = await makePerson();
  clip = join(folder, "clip.mp4");
  // One shade of red per second, one key frame in all: a frame is exact or it is not.
  const seconds = reds.flatMap((colour) => ["-f", "lavfi", "-t", "1", "-i", `color=${colour}:s=640x360:r=25`]);
  await runTool("ffmpeg", [
    ...[...seconds, "-filter_complex", `concat=n=${reds.length}`, "-c:v", "libx264", "-preset", "ultrafast"],
    ...["-crf", "10", "-g", "999", clip],
  ]);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const small = async (name: string, args: readonly string[]) => {
  const path = join(folder, name);
  await runTool("ffmpeg", [...args, "-frames:v", "1", path]);
  return readFile(path);
};

/** A ready video whose run proposed two posters, one blue and one green. */
const readyVideo = async () => {
  const video = await makeReceivedVideo(
    {
      status: "ready",
      creatorId: owner.account.id,
      channelId: owner.channelId,
      durationMs: 4000,
      width: 640,
      height: 360,
    },
    await readFile(clip),
  );
  const { videoId, sourceKey } = video;
  const plan = await makeProbedPlan(clip);
  const run = await makeRun({ videoId, sourceKey, plan, state: "published" });
  const proposals = [
    { sizeBytes: 1000, dominantColor: "#0000fe" },
    { sizeBytes: 1000, dominantColor: "#008000" },
  ];
  await makeRunStep({ runId: run.id, kind: "poster", state: "done", result: { poster: proposals[0], proposals } });
  for (const [index, colour] of ["blue", "green"].entries()) {
    const body = await small(`${colour}.jpg`, ["-f", "lavfi", "-i", `color=${colour}:s=640x360`]);
    await objectStore().put({ key: posterProposalKey({ videoId, runId: run.id, index }), body });
  }
  const posterKey = posterProposalKey({ videoId, runId: run.id, index: 0 });
  const changes = { originalKey: sourceKey, currentRunId: run.id, posterKey, dominantColor: "#0000fe" };
  await db().update(videos).set(changes).where(eq(videos.id, videoId));
  return { videoId, runId: run.id };
};

const rowOf = async (videoId: string) => {
  const [row] = await db().select().from(videos).where(eq(videos.id, videoId));
  if (row === undefined) throw new Error("no such video");
  return row;
};

const answerOf = async (response: Response) => ({
  status: response.status,
  poster: (await response.json()) as PosterDto,
});
const get = async (videoId: string) =>
  answerOf(await posterRoute.GET(makeRequest({ as: owner }), withParams({ videoId })));
const put = async (videoId: string, body: unknown) =>
  answerOf(await posterRoute.PUT(makeRequest({ method: "PUT", as: owner, body }), withParams({ videoId })));
const putImage = async (videoId: string, bytes: Uint8Array<ArrayBuffer>, type: string) => {
  const plain = makeRequest({ method: "PUT", as: owner, headers: { "content-type": type } });
  return answerOf(await posterRoute.PUT(new Request(plain, { body: bytes }), withParams({ videoId })));
};

/** Carries out the making that is due, as the worker does. */
const make = async (videoId: string, choiceId?: string) => {
  const choice = posterChoiceOf(await rowOf(videoId));
  const { ffmpeg } = createFfmpegRunner();
  const task = makePosterTask({ ffmpeg, workspace: testWorkspace() });
  await task.run({ videoId, choiceId: choiceId ?? choice?.id }, { signal: new AbortController().signal });
};

/** Size and middle pixel of the poster that a video shows. */
const shown = async (videoId: string) => {
  const { posterKey } = await rowOf(videoId);
  const path = (await objectStore().localPath(posterKey ?? "")) ?? "";
  const input = ["-f", "jpeg_pipe", "-i", path];
  const size = await runTool("ffprobe", [...input, "-show_entries", "stream=width,height", "-of", "csv=p=0"]);
  const crop = ["-vf", "crop=2:2", "-frames:v", "1", "-pix_fmt", "rgb24", "-f", "rawvideo", "-"];
  const [red = 0, green = 0, blue = 0] = await runTool("ffmpeg", [...input, ...crop]);
  return { size: size.toString().trim(), red, green, blue };
};

const bytesOf = async (key: string) => buffer(await objectStore().read({ key }));

const keysOf = async (prefix: string) => {
  const keys: string[] = [];
  for await (const { key } of objectStore().list(prefix)) keys.push(key);
  return keys;
};

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
    expect(chosen).toMatchObject({ dominantColor: "#008000", posterOrigin: "frame" });
    await objectStore().removePrefix(`${videoRunsPrefix(videoId)}${runId}/`);
    expect((await shown(videoId)).green).toBeGreaterThan(100);
    // A later run proposes another and changes nothing.
    const later = await makeRun({ videoId });
    const facts = { durationMs: 4000, width: 640, height: 360, frameRate: "25", dominantColor: "#111111" };
    await transaction((tx) => flipToRun(tx, { videoId, runId: later.id, facts: { ...facts, posterKey: "other" } }));
    expect(await rowOf(videoId)).toMatchObject({ posterKey: chosen.posterKey, dominantColor: "#008000" });
    await db().update(videos).set({ currentRunId: runId }).where(eq(videos.id, videoId));
    expect((await put(videoId, { kind: "auto" })).poster.origin).toBe("auto");
    expect(await rowOf(videoId)).toMatchObject({
      ...{ posterOrigin: "auto", dominantColor: "#0000fe" },
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
    await make(videoId);
    const seen = await shown(videoId);
    expect(seen.size).toBe("640,360");
    expect(Math.abs(seen.red - red)).toBeLessThan(12);
    expect(await rowOf(videoId)).toMatchObject({ posterOrigin: "frame", posterChoice: null });
    expect((await get(videoId)).poster.making).toBe(false);
  });

  test("of two choices the last one wins, whichever is made last", async () => {
    const { videoId } = await readyVideo();
    await put(videoId, { kind: "frame", atMs: 500 });
    const first = posterChoiceOf(await rowOf(videoId))?.id;
    await put(videoId, { kind: "frame", atMs: 3500 });
    await make(videoId);
    await make(videoId, first);
    expect(Math.abs((await shown(videoId)).red - 0xd0)).toBeLessThan(12);
    expect(await keysOf(`${videoRunsPrefix(videoId)}posters/`)).toHaveLength(1);
  });

  test("that another run of the same job has shown meanwhile stays", async () => {
    const { videoId } = await readyVideo();
    await put(videoId, { kind: "frame", atMs: 500 });
    const choiceId = posterChoiceOf(await rowOf(videoId))?.id ?? "";
    const path = join(folder, "late.jpg");
    await small("late.jpg", ["-f", "lavfi", "-i", "color=0x400000:s=640x360"]);
    const late = async () => {
      await make(videoId, choiceId);
      return { path, sizeBytes: 1, dominantColor: "#400000" };
    };
    await makePoster({ videoId, choiceId, make: late });
    expect(Math.abs((await shown(videoId)).red - 0x40)).toBeLessThan(12);
    expect(await keysOf(`${videoRunsPrefix(videoId)}posters/`)).toHaveLength(1);
  });

  test("after the end is refused, and so is any frame of a video without a plan", async () => {
    const { videoId } = await readyVideo();
    const late = await put(videoId, { kind: "frame", atMs: 4001 });
    expect([late.status, Object.keys((late.poster as unknown as { error: { fields: object } }).error.fields)]).toEqual([
      400,
      ["atMs"],
    ]);
    const bare = await makeReceivedVideo({ creatorId: owner.account.id, channelId: owner.channelId });
    expect((await put(bare.videoId, { kind: "frame", atMs: 0 })).status).toBe(422);
    expect((await get(bare.videoId)).poster).toMatchObject({ frames: null, proposals: [], posterUrl: null });
  });
});

/** A green mark over the whole middle of the picture, of the owner's channel. */
const greenMark = async () => {
  const watermarkId = newId();
  const imageKey = watermarkImageKey({ watermarkId, drawingId: newId() });
  const body = await small(`${watermarkId}.png`, ["-f", "lavfi", "-i", "color=lime:s=100x100"]);
  await objectStore().put({ key: imageKey, body });
  const design = { kind: "image", text: null, position: "center", opacity: 1, scale: 0.3, margin: 0 };
  const image = { imageKey, imageWidth: 100, imageHeight: 100 };
  await db()
    .insert(watermarks)
    .values({ id: watermarkId, channelId: owner.channelId, name: "Green", design, state: "ready", ...image });
  return watermarkId;
};

describe("a chosen frame of a marked video", () => {
  const mark = async (videoId: string, watermarkId: string | null) => {
    await setVideoWatermark({ viewer: owner.account, videoId, choice: { watermarkId } });
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
    await make(videoId);
    const first = await rowOf(videoId);
    const clean = await bytesOf(first.posterKey ?? "");
    await mark(videoId, await greenMark());
    expect((await get(videoId)).poster.making).toBe(true);
    await make(videoId);
    const seen = await shown(videoId);
    expect(seen.size).toBe("640,360");
    expect(seen.green).toBeGreaterThan(200);
    expect(await rowOf(videoId)).toMatchObject({ posterOrigin: "frame", posterChoice: null });
    const marked = (await rowOf(videoId)).posterKey ?? "";
    expect(await bytesOf(cleanPosterKey(marked))).toEqual(clean);
    await mark(videoId, null);
    await make(videoId);
    expect(await bytesOf((await rowOf(videoId)).posterKey ?? "")).toEqual(clean);
    await removePoster({ videoId, key: marked });
    expect(await keysOf(`${videoRunsPrefix(videoId)}posters/`)).not.toContain(cleanPosterKey(marked));
  });

  test("is marked when it is chosen later, also when it is a proposal of the run before", async () => {
    const { videoId } = await readyVideo();
    await mark(videoId, await greenMark());
    expect((await rowOf(videoId)).posterChoice).toBeNull();
    await put(videoId, { kind: "frame", atMs: 500 });
    await make(videoId);
    expect((await shown(videoId)).green).toBeGreaterThan(200);
    expect((await put(videoId, { kind: "proposal", index: 0 })).poster.making).toBe(true);
    await make(videoId);
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
    await make(videoId);
    const seen = await shown(videoId);
    expect(seen.size).toBe("640,360");
    expect(seen.green).toBeGreaterThan(200);
    expect(seen.red).toBeLessThan(60);
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
    await make(videoId);
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
      await make(videoId);
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
    const ref = { viewer: owner.account, videoId };
    await deleteVideo(ref);
    await make(videoId, choiceId);
    expect((await rowOf(videoId)).posterKey).toBe(before);
    // The queue is done with it.
    await forget();
    await restoreVideo(ref);
    expect(await queuedChoices(videoId)).toEqual([choiceId]);
    await make(videoId, choiceId);
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
