import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll } from "vitest";
import { db } from "#lib/db/client.ts";
import { videos, watermarks } from "#lib/db/schema/index.ts";
import { newId } from "#lib/ids.ts";
import { objectStore } from "#lib/storage/index.ts";
import { posterProposalKey, thumbnailKey, watermarkImageKey } from "#lib/storage/keys.ts";
import type { PosterDto } from "#lib/videos/dto.ts";
import { posterChoiceOf } from "#lib/videos/poster-choice.ts";
import { makePerson, type Person } from "#tests/factories/people.ts";
import { makeReceivedVideo } from "#tests/factories/received-video.ts";
import { makeRequest, withParams } from "#tests/factories/requests.ts";
import { makeRun, makeRunStep } from "#tests/factories/rows.ts";
import { testWorkspace } from "#tests/factories/workspace.ts";
import { makeProbedPlan } from "#tests/media/probed-plan.ts";
import { runTool } from "#tests/media/run-tool.ts";
import { createFfmpegRunner } from "#worker/ffmpeg.ts";
import { makePosterTask } from "#worker/tasks/make-poster.ts";
import * as posterRoute from "../../../app/api/v1/videos/[videoId]/poster/route.ts";

const reds = ["0x400000", "0x700000", "0xa00000", "0xd00000"];

/** The row of a video; throws when there is none. */
export const rowOf = async (videoId: string) => {
  const [row] = await db().select().from(videos).where(eq(videos.id, videoId));
  if (row === undefined) throw new Error("no such video");
  return row;
};

/** Bytes of a stored object. */
export const bytesOf = async (key: string) => buffer(await objectStore().read({ key }));

/** Keys of all objects under a prefix, in order. */
export const keysOf = async (prefix: string) => {
  const keys: string[] = [];
  for await (const { key } of objectStore().list(prefix)) keys.push(key);
  return keys.sort();
};

const answerOf = async (response: Response) => ({
  status: response.status,
  poster: (await response.json()) as PosterDto,
});

/** Size and middle pixel of a stored picture; `kind` is how its bytes are to be read. */
export const pictureOf = async (key: string, kind: "jpeg" | "webp") => {
  const path = (await objectStore().localPath(key)) ?? "";
  const input = ["-f", `${kind}_pipe`, "-i", path];
  const size = await runTool("ffprobe", [...input, "-show_entries", "stream=width,height", "-of", "csv=p=0"]);
  const crop = ["-vf", "crop=2:2", "-frames:v", "1", "-pix_fmt", "rgb24", "-f", "rawvideo", "-"];
  const [red = 0, green = 0, blue = 0] = await runTool("ffmpeg", [...input, ...crop]);
  return { size: size.toString().trim(), red, green, blue };
};

/** The poster that a video shows. */
export const shown = async (videoId: string) => pictureOf((await rowOf(videoId)).posterKey ?? "", "jpeg");

/** The small copies of the poster that a video shows, the smallest first. */
export const shownThumbnails = async (videoId: string) => {
  const { posterKey, posterWidths } = await rowOf(videoId);
  return Promise.all(
    posterWidths.map((width) => pictureOf(thumbnailKey({ posterKey: posterKey ?? "", width }), "webp")),
  );
};

/** Carries out the making that is due, as the worker does. */
export const makeChosen = async (videoId: string, choiceId?: string) => {
  const choice = posterChoiceOf(await rowOf(videoId));
  const { ffmpeg } = createFfmpegRunner();
  const task = makePosterTask({ ffmpeg, workspace: testWorkspace() });
  await task.run({ videoId, choiceId: choiceId ?? choice?.id }, { signal: new AbortController().signal });
};

const makeClip = async (path: string) => {
  // One shade of red per second, one key frame in all: a frame is exact or it is not.
  const seconds = reds.flatMap((colour) => ["-f", "lavfi", "-t", "1", "-i", `color=${colour}:s=640x360:r=25`]);
  await runTool("ffmpeg", [
    ...[...seconds, "-filter_complex", `concat=n=${reds.length}`, "-c:v", "libx264", "-preset", "ultrafast"],
    ...["-crf", "10", "-g", "999", path],
  ]);
  return readFile(path);
};

/** An owner and what they do to the posters of their videos; before and after a file's tests by itself. */
export const posterScene = () => {
  let [folder, owner, clip]: [string, Person | undefined, Buffer] = ["", undefined, Buffer.alloc(0)];
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "kinora-choose-"));
    owner = await makePerson();
    clip = await makeClip(join(folder, "clip.mp4"));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const person = () => {
    if (owner === undefined) throw new Error("before the tests nobody is there");
    return owner;
  };
  const small = async (name: string, args: readonly string[]) => {
    const path = join(folder, name);
    await runTool("ffmpeg", [...args, "-frames:v", "1", path]);
    return readFile(path);
  };
  const put = async (videoId: string, body: unknown) =>
    answerOf(await posterRoute.PUT(makeRequest({ method: "PUT", as: person(), body }), withParams({ videoId })));
  return {
    person,
    /** One frame that ffmpeg writes by these arguments, as a file of that name. */
    small,
    pathOf: (name: string) => join(folder, name),
    readyVideo: () => readyVideo({ owner: person(), clip, clipPath: join(folder, "clip.mp4"), small }),
    greenMark: () => greenMark(person(), small),
    get: async (videoId: string) =>
      answerOf(await posterRoute.GET(makeRequest({ as: person() }), withParams({ videoId }))),
    put,
    putImage: async (videoId: string, bytes: Uint8Array<ArrayBuffer>, type: string) => {
      const plain = makeRequest({ method: "PUT", as: person(), headers: { "content-type": type } });
      return answerOf(await posterRoute.PUT(new Request(plain, { body: bytes }), withParams({ videoId })));
    },
  };
};

type Small = (name: string, args: readonly string[]) => Promise<Buffer>;

/** A ready video whose run proposed two posters: a blue one without small copies, as earlier versions did, and a green one. */
const readyVideo = async (input: { owner: Person; clip: Buffer; clipPath: string; small: Small }) => {
  const { owner, clip, clipPath, small } = input;
  const video = await makeReceivedVideo(
    {
      ...{ status: "ready", creatorId: owner.account.id, channelId: owner.channelId },
      ...{ durationMs: 4000, width: 640, height: 360 },
    },
    clip,
  );
  const { videoId, sourceKey } = video;
  const plan = await makeProbedPlan(clipPath);
  const run = await makeRun({ videoId, sourceKey, plan, state: "published" });
  const proposals = [
    { sizeBytes: 1000, dominantColor: "#0000fe" },
    { sizeBytes: 1000, dominantColor: "#008000", thumbnails: [{ width: 320, sizeBytes: 100 }] },
  ];
  await makeRunStep({ runId: run.id, kind: "poster", state: "done", result: { poster: proposals[0], proposals } });
  const keyOf = (index: number) => posterProposalKey({ videoId, runId: run.id, index });
  for (const [index, colour] of ["blue", "green"].entries()) {
    const body = await small(`${colour}.jpg`, ["-f", "lavfi", "-i", `color=${colour}:s=640x360`]);
    await objectStore().put({ key: keyOf(index), body });
  }
  const copy = await small("green.webp", ["-f", "lavfi", "-i", "color=green:s=320x180"]);
  await objectStore().put({ key: thumbnailKey({ posterKey: keyOf(1), width: 320 }), body: copy });
  const changes = { originalKey: sourceKey, currentRunId: run.id, posterKey: keyOf(0), dominantColor: "#0000fe" };
  await db().update(videos).set(changes).where(eq(videos.id, videoId));
  return { videoId, runId: run.id };
};

/** A green mark over the whole middle of the picture, of the owner's channel. */
const greenMark = async (owner: Person, small: Small) => {
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
