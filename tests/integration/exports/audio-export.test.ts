import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { eq, sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import type { Viewer } from "#lib/accounts/viewer.ts";
import { db, transaction } from "#lib/db/client.ts";
import { removeJob } from "#lib/db/queries/runs/jobs.ts";
import { audioExports, chapters, videos } from "#lib/db/schema/index.ts";
import { overrideEnv } from "#lib/env.ts";
import { audioRequestSchema } from "#lib/exports/dto.ts";
import { reconcileExports } from "#lib/exports/export-attempt.ts";
import { listAudio } from "#lib/exports/list-audio.ts";
import { removeAudio } from "#lib/exports/remove-audio.ts";
import { exportJobKey, requestAudio } from "#lib/exports/request-audio.ts";
import { newId } from "#lib/ids.ts";
import { objectStore } from "#lib/storage/index.ts";
import { exportPrefix } from "#lib/storage/keys.ts";
import { makePerson, type Person } from "#tests/factories/people.ts";
import { makeReceivedVideo } from "#tests/factories/received-video.ts";
import { testWorkspace } from "#tests/factories/workspace.ts";
import { lavfi, runTool } from "#tests/media/run-tool.ts";
import { testDatabase } from "#tests/setup/database.ts";
import { performExport } from "#worker/exports/perform-export.ts";
import { createFfmpegRunner } from "#worker/ffmpeg.ts";

const given = testDatabase();
const seconds = 4;
let owner: Person;
let viewer: Viewer;
let clip: Buffer;

beforeAll(async () => {
  owner = await makePerson();
  viewer = owner.account;
  const path = join(given.dataDir, "clip.mkv");
  await runTool("ffmpeg", [
    ...lavfi(`testsrc2=s=320x180:r=25:d=${seconds}`),
    ...lavfi(`sine=f=440:d=${seconds}`),
    ...lavfi(`sine=f=880:d=${seconds}`),
    ...["-map", "0", "-map", "1", "-map", "2", "-c:v", "libx264", "-preset", "ultrafast", "-c:a", "aac", path],
  ]);
  clip = await readFile(path);
});

const makeVideo = async () => {
  const { videoId, sourceKey } = await makeReceivedVideo(
    { creatorId: owner.account.id, channelId: owner.channelId, title: "Вечір у горах" },
    clip,
  );
  const posterKey = `runs/${videoId}/${newId()}/poster.jpg`;
  const poster = join(given.dataDir, `${videoId}.jpg`);
  await runTool("ffmpeg", [...lavfi("color=red:s=64x36:d=1"), "-frames:v", "1", poster]);
  await objectStore().put({ key: posterKey, body: await readFile(poster) });
  await db()
    .update(videos)
    .set({ originalKey: sourceKey, posterKey, durationMs: seconds * 1000, status: "ready" })
    .where(eq(videos.id, videoId));
  await db()
    .insert(chapters)
    .values([
      { videoId, startMs: 0, title: "Початок", origin: "editor" },
      { videoId, startMs: 2_000, title: "Кінець", origin: "editor" },
    ]);
  return videoId;
};

const machine = () => {
  const { ffmpeg, ffprobe } = createFfmpegRunner();
  return { workerId: newId(), store: objectStore(), ffmpeg, ffprobe, workspace: testWorkspace(), progressMs: 50 };
};

const ask = (videoId: string, request: object = {}) =>
  requestAudio({ viewer, videoId, options: audioRequestSchema.parse(request), locale: "en" });
const perform = (exportId: string) =>
  performExport({ machine: machine(), exportId, signal: new AbortController().signal });
const only = async (videoId: string) => {
  const { items } = await listAudio({ viewer, videoId, locale: "en" });
  expect(items).toHaveLength(1);
  return items[0];
};

const removeJobOf = (exportId: string) => transaction((tx) => removeJob(tx, exportJobKey(exportId)));
const hasJob = async (exportId: string) =>
  (await db().execute(sql`select 1 from graphile_worker.jobs where key = ${exportJobKey(exportId)}`)).length > 0;

const probe = async (videoId: string, exportId: string) => {
  for await (const { key } of objectStore().list(exportPrefix({ videoId, exportId }))) {
    const path = join(given.dataDir, `${exportId}.mp3`);
    const body = await objectStore().read({ key });
    await writeFile(path, body);
    const output = await runTool("ffprobe", [
      ...["-v", "error", "-show_format", "-show_streams", "-show_chapters", "-of", "json", path],
    ]);
    return JSON.parse(output.toString());
  }
  return null;
};

describe("the sound of a video as MP3", () => {
  test.each([{ bitrate: "v0" }, { bitrate: "v2" }, { bitrate: 192 }] as const)(
    "carries title, artist, year, cover and chapters, and lasts as long as the video ($bitrate)",
    async (request) => {
      const videoId = await makeVideo();
      const { id } = await ask(videoId, request);
      await perform(id);
      expect(await only(videoId)).toMatchObject({ state: "done", percent: 100, failure: null });
      const { format, streams, chapters: marks } = await probe(videoId, id);
      expect(format.tags).toMatchObject({ title: "Вечір у горах", date: new Date().toISOString().slice(0, 10) });
      expect(format.tags.artist).not.toBe("");
      expect(Math.abs(Number(format.duration) - seconds)).toBeLessThan(0.05);
      expect(streams.find((one: { codec_type: string }) => one.codec_type === "video")).toMatchObject({
        codec_name: "mjpeg",
        disposition: { attached_pic: 1 },
      });
      expect(
        marks.map((mark: { tags: { title: string }; start_time: string }) => [
          mark.tags.title,
          Number(mark.start_time),
        ]),
      ).toEqual([
        ["Початок", 0],
        ["Кінець", 2],
      ]);
      if (request.bitrate === 192) {
        const sound = streams.find((one: { codec_type: string }) => one.codec_type === "audio");
        expect(Number(sound.bit_rate)).toBe(192_000);
      }
    },
  );

  test("a track that is not there is a recorded failure with words, not a thrown error", async () => {
    const videoId = await makeVideo();
    const { id } = await ask(videoId, { track: 7 });
    await perform(id);
    const item = await only(videoId);
    expect(item).toMatchObject({ state: "failed", file: null, failure: { code: "no_streams" } });
    expect(item?.failure?.hint).not.toBe("");
  });

  test("an attempt that was cancelled leaves neither a row nor a file", async () => {
    const videoId = await makeVideo();
    const { id } = await ask(videoId);
    const working = machine();
    const cancelled = {
      ...working,
      ffmpeg: async (run: Parameters<typeof working.ffmpeg>[0]) => {
        await removeAudio({ viewer, videoId, exportId: id });
        return working.ffmpeg(run);
      },
    };
    await performExport({ machine: cancelled, exportId: id, signal: new AbortController().signal });
    expect((await listAudio({ viewer, videoId, locale: "en" })).items).toEqual([]);
    expect(await probe(videoId, id)).toBeNull();
  });

  test("a second attempt takes over from one that died, and its file is the only one", async () => {
    const videoId = await makeVideo();
    const { id } = await ask(videoId);
    const dying = machine();
    const signal = new AbortController();
    const gone = performExport({
      machine: { ...dying, ffmpeg: () => Promise.reject(new Error("the machine broke")) },
      exportId: id,
      signal: signal.signal,
    });
    await expect(gone).rejects.toThrow("the machine broke");
    await perform(id);
    expect(await only(videoId)).toMatchObject({ state: "done" });
    const [row] = await db().select().from(audioExports).where(eq(audioExports.id, id));
    expect(row?.attempts).toBe(2);
  });

  test("one whose attempts all ended without a word fails visibly", async () => {
    const videoId = await makeVideo();
    const { id } = await ask(videoId);
    await db().update(audioExports).set({ state: "running", attempts: 5 }).where(eq(audioExports.id, id));
    await perform(id);
    expect(await only(videoId)).toMatchObject({ state: "failed", failure: { code: "processing_failed" } });
  });

  test("is refused while there is no original, and when many wait", async () => {
    const videoId = await makeVideo();
    for (let track = 0; track < 5; track += 1) await ask(videoId, { track });
    await expect(ask(videoId, { track: 5 })).rejects.toMatchObject({ code: "conflict" });
    await db().update(videos).set({ originalKey: null }).where(eq(videos.id, videoId));
    await expect(ask(videoId, { track: 5 })).rejects.toMatchObject({ code: "unprocessable" });
  });

  test("asked for again with the same settings is the one that there is, until the video changes", async () => {
    const videoId = await makeVideo();
    const { id } = await ask(videoId, { bitrate: 128 });
    expect(await ask(videoId, { bitrate: 128 })).toMatchObject({ id, state: "queued" });
    await perform(id);
    expect(await ask(videoId, { bitrate: 128 })).toMatchObject({ id, state: "done" });
    expect((await ask(videoId, { bitrate: 192 })).id).not.toBe(id);
    // Its tags would tell the old title.
    await db().update(videos).set({ title: "Ранок", updatedAt: sql`now()` }).where(eq(videos.id, videoId));
    const renamed = await ask(videoId, { bitrate: 128 });
    expect(renamed.id).not.toBe(id);
    await db().update(audioExports).set({ state: "failed" }).where(eq(audioExports.id, renamed.id));
    expect((await ask(videoId, { bitrate: 128 })).id).not.toBe(renamed.id);
  });

  test("one that is being made of the video as it was is not given for what it has become", async () => {
    const videoId = await makeVideo();
    const { id } = await ask(videoId);
    await db().update(audioExports).set({ state: "running" }).where(eq(audioExports.id, id));
    expect((await ask(videoId)).id).toBe(id);
    // Its tags, and with another file its sound, were read when it began.
    await db().update(videos).set({ title: "Вечір", updatedAt: sql`now()` }).where(eq(videos.id, videoId));
    expect((await ask(videoId)).id).not.toBe(id);
  });

  test("waits uncounted while the scratch disk is full, and is made when there is room", async () => {
    const videoId = await makeVideo();
    const { id } = await ask(videoId);
    await performExport({
      machine: { ...machine(), workspace: testWorkspace({ floorBytes: 2 ** 60 }) },
      ...{ exportId: id, signal: new AbortController().signal },
    });
    const [row] = await db().select().from(audioExports).where(eq(audioExports.id, id));
    expect(row).toMatchObject({ state: "queued", attempts: 0 });
    const jobs = await db().execute(sql`
      select 1 from graphile_worker.jobs where key = ${`export:${id}`} and run_at > now()`);
    expect(jobs).toHaveLength(1);
    await perform(id);
    expect(await only(videoId)).toMatchObject({ state: "done" });
  });

  test("whose scratch disk cannot be used fails visibly in the end", async () => {
    const videoId = await makeVideo();
    const { id } = await ask(videoId);
    const reserved = join(given.dataDir, "scratch", "reserved");
    await rm(reserved, { recursive: true, force: true });
    await mkdir(dirname(reserved), { recursive: true });
    await writeFile(reserved, "in the way");
    for (let attempt = 1; attempt < 3; attempt += 1) await expect(perform(id)).rejects.toThrow(/EEXIST|ENOTDIR/);
    await perform(id);
    expect(await only(videoId)).toMatchObject({ state: "failed", failure: { code: "processing_failed" } });
    await rm(reserved);
  });

  test("reads a far original through the copies that the worker's steps share", async () => {
    const videoId = await makeVideo();
    let reads = 0;
    const store: ReturnType<typeof objectStore> = {
      ...objectStore(),
      localPath: async () => null,
      adopt: (input) => objectStore().adopt(input),
      read: (input) => {
        reads += input.key.startsWith("originals/") ? 1 : 0;
        return objectStore().read(input);
      },
    };
    const shared = { ...machine(), store, workspace: testWorkspace({ store }) };
    for (const bitrate of ["v0", "v2"]) {
      const { id } = await ask(videoId, { bitrate });
      await performExport({ machine: shared, exportId: id, signal: new AbortController().signal });
    }
    const { items } = await listAudio({ viewer, videoId, locale: "en" });
    expect(items.map(({ state }) => state)).toEqual(["done", "done"]);
    expect(reads).toBe(1);
  });

  test("is refused by the limits that runs have", async () => {
    const videoId = await makeVideo();
    const { id } = await ask(videoId);
    overrideEnv({ MAX_DURATION_SECONDS: "2" });
    try {
      await perform(id);
    } finally {
      overrideEnv({ MAX_DURATION_SECONDS: undefined });
    }
    expect(await only(videoId)).toMatchObject({ state: "failed", failure: { code: "too_long" } });
  });

  test("of a deleted video is not queued again until the video is back", async () => {
    const videoId = await makeVideo();
    const { id } = await ask(videoId);
    await removeJobOf(id);
    await db().update(videos).set({ deletedAt: new Date() }).where(eq(videos.id, videoId));
    await reconcileExports();
    expect(await hasJob(id)).toBe(false);
    await db().update(videos).set({ deletedAt: null }).where(eq(videos.id, videoId));
    await reconcileExports();
    expect(await hasJob(id)).toBe(true);
  });
});
