import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { addCaption } from "#lib/captions/add-caption.ts";
import { db } from "#lib/db/client.ts";
import { runs, videos, watermarks } from "#lib/db/schema/index.ts";
import { audioRequestSchema } from "#lib/exports/dto.ts";
import { removeAudio } from "#lib/exports/remove-audio.ts";
import { requestAudio } from "#lib/exports/request-audio.ts";
import { newId } from "#lib/ids.ts";
import { closePackaging } from "#lib/packaging/index.ts";
import { removeRunFiles } from "#lib/processing/remove-run-files.ts";
import { objectStore } from "#lib/storage/index.ts";
import { videoRunsPrefix } from "#lib/storage/keys.ts";
import { createUpload } from "#lib/uploads/create-upload.ts";
import { finishUpload } from "#lib/uploads/finish-upload.ts";
import { uploadArea, uploadPath } from "#lib/uploads/upload-area.ts";
import { parseUploadMetadata } from "#lib/uploads/upload-metadata.ts";
import { measureRun } from "#lib/usage/measure-run.ts";
import { reconcileStorage } from "#lib/usage/reconcile-storage.ts";
import { choosePoster } from "#lib/videos/choose-poster.ts";
import { deleteVideo } from "#lib/videos/delete-video.ts";
import { posterChoiceOf } from "#lib/videos/poster-choice.ts";
import { purgeVideo } from "#lib/videos/purge-video.ts";
import { removePoster } from "#lib/videos/remove-poster.ts";
import { reprocessVideo } from "#lib/videos/reprocess-video.ts";
import { createWatermark } from "#lib/watermarks/create-watermark.ts";
import { makePerson, type Person } from "#tests/factories/people.ts";
import { metadata } from "#tests/factories/upload-words.ts";
import { testWorkspace } from "#tests/factories/workspace.ts";
import { lavfi, runTool } from "#tests/media/run-tool.ts";
import { testDatabase } from "#tests/setup/database.ts";
import { expectLedgerIsDisk } from "#tests/setup/ledger.ts";
import { performExport } from "#worker/exports/perform-export.ts";
import { createFfmpegRunner } from "#worker/ffmpeg.ts";
import { stepHandlers } from "#worker/steps/index.ts";
import { performStep } from "#worker/supervision/perform-step.ts";
import { drawWatermarkTask } from "#worker/tasks/draw-watermark.ts";
import { makePosterTask } from "#worker/tasks/make-poster.ts";

testDatabase();

const { signal } = new AbortController();
let folder = "";
let owner: Person;
let clip: Buffer;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "kinora-whole-"));
  owner = await makePerson();
  const path = join(folder, "clip.mp4");
  const codecs = ["-c:v", "libx264", "-preset", "ultrafast", "-g", "25", "-c:a", "aac"];
  await runTool("ffmpeg", [...lavfi("testsrc2=s=320x180:r=25:d=2"), ...lavfi("sine=d=2"), ...codecs, path]);
  clip = await readFile(path);
});
afterAll(async () => {
  await closePackaging();
  await rm(folder, { recursive: true, force: true });
});

const machine = () => {
  const { ffmpeg, ffprobe } = createFfmpegRunner();
  const workspace = testWorkspace();
  return {
    workerId: newId(),
    store: objectStore(),
    ffmpeg,
    ffprobe,
    workspace,
    progressMs: 50,
    handlers: stepHandlers,
  };
};

const upload = async () => {
  const uploadId = newId();
  const { videoId } = await createUpload({
    ...{ viewer: owner.account, uploadId, sizeBytes: clip.byteLength, freeBytes: async () => null },
    metadata: parseUploadMetadata(metadata({ filename: "clip.mp4" })),
  });
  await mkdir(uploadArea(), { recursive: true });
  await writeFile(uploadPath(uploadId), clip);
  expect(await finishUpload({ uploadId })).toBe("started");
  return videoId;
};

/** Carries out every step that is due, as a worker does, and looks at the ledger after each. Returns the published run. */
const process = async (videoId: string): Promise<string> => {
  for (;;) {
    const [job] = await db().execute<{ key: string }>(
      sql`select key from graphile_worker.jobs where key like 'step:%' order by priority, id limit 1`,
    );
    if (job === undefined) break;
    await performStep({ machine: machine(), stepId: job.key.slice("step:".length), signal });
    await db().execute(sql`select graphile_worker.remove_job(${job.key})`);
    await expectLedgerIsDisk();
  }
  const [video] = await db().select().from(videos).where(eq(videos.id, videoId));
  expect(video?.status).toBe("ready");
  const runId = video?.currentRunId ?? "";
  await measureRun({ videoId, runId });
  await expectLedgerIsDisk();
  return runId;
};

const rowOf = async (videoId: string) => {
  const [row] = await db().select().from(videos).where(eq(videos.id, videoId));
  if (row === undefined) throw new Error("no such video");
  return row;
};

/** Names of all small copies of the video's posters, wherever they lie. */
const thumbnailsOf = async (videoId: string) => {
  const names: string[] = [];
  for await (const { key } of objectStore().list(videoRunsPrefix(videoId))) {
    if (key.endsWith(".webp")) names.push(/[^/]+$/.exec(key)?.[0] ?? "");
  }
  return names;
};

test("the ledger is the disk through a video's whole life", { timeout: 240_000 }, async () => {
  const viewer = owner.account;
  const videoId = await upload();
  expect(await expectLedgerIsDisk()).toBe(clip.byteLength);
  const first = await process(videoId);
  expect((await rowOf(videoId)).posterWidths).toEqual([320]);
  const ofFirst = await thumbnailsOf(videoId);
  expect(ofFirst).toContain("poster-w320.webp");

  await addCaption({
    ...{ viewer, videoId, bytes: Buffer.from("1\n00:00:00,000 --> 00:00:01,000\nДобрий день\n") },
    facts: { language: "uk", label: "Українські", kind: "subtitles", isDefault: false },
  });
  await expectLedgerIsDisk();

  await choosePoster({ viewer, videoId, change: { kind: "frame", atMs: 500 } });
  const choiceId = posterChoiceOf(await rowOf(videoId))?.id;
  await makePosterTask(machine()).run({ videoId, choiceId }, { signal });
  await expectLedgerIsDisk();
  // Chosen anew: the poster of before goes with its small copy, and the new one has one of its own.
  const { posterKey: replaced } = await rowOf(videoId);
  await choosePoster({ viewer, videoId, change: { kind: "proposal", index: 0 } });
  await expectLedgerIsDisk();
  expect(await thumbnailsOf(videoId)).toHaveLength(ofFirst.length + 2);
  await removePoster({ videoId, key: replaced ?? "" });
  await expectLedgerIsDisk();
  expect(await thumbnailsOf(videoId)).toHaveLength(ofFirst.length + 1);
  expect(await reconcileStorage({ signal })).toMatchObject({ differences: 0 });

  const { id: exportId } = await requestAudio({
    ...{ viewer, videoId, options: audioRequestSchema.parse({}), locale: "en" },
  });
  await performExport({ machine: machine(), exportId, signal });
  const withSound = await expectLedgerIsDisk();
  await removeAudio({ viewer, videoId, exportId });
  expect(await expectLedgerIsDisk()).toBeLessThan(withSound);

  const placement = { position: "bottom-right", opacity: 0.8, scale: 0.2, margin: 0.05 } as const;
  const { id: watermarkId } = await createWatermark({ viewer, mark: { name: "Text", text: "Kinora", placement } });
  const [mark] = await db().select().from(watermarks).where(eq(watermarks.id, watermarkId));
  const { ffmpeg, store } = machine();
  await drawWatermarkTask({ store, ffmpeg, scratchRoot: join(folder, "scratch") }).run(
    { watermarkId, drawingId: mark?.drawingId },
    { signal },
  );
  const withMark = await expectLedgerIsDisk();

  await reprocessVideo({ viewer, videoId });
  const second = await process(videoId);
  expect(second).not.toBe(first);
  expect(await expectLedgerIsDisk()).toBeGreaterThan(withMark);
  const ofBoth = await thumbnailsOf(videoId);
  await removeRunFiles({ videoId, runId: first });
  await expectLedgerIsDisk();
  expect(await thumbnailsOf(videoId)).toHaveLength(ofBoth.length - ofFirst.length);
  expect(await reconcileStorage({ signal })).toMatchObject({ differences: 0 });

  await deleteVideo({ viewer, videoId });
  await db()
    .update(videos)
    .set({ deletedAt: new Date(0) })
    .where(eq(videos.id, videoId));
  await purgeVideo({ videoId, signal });
  expect(await db().$count(runs, eq(runs.videoId, videoId))).toBe(0);
  expect(await thumbnailsOf(videoId)).toEqual([]);
  // Only the mark is left.
  const left = await expectLedgerIsDisk();
  expect(left).toBeGreaterThan(0);
  expect(left).toBeLessThan(withMark - clip.byteLength);
});
