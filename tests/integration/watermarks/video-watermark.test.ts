import { desc, eq, sql } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { db } from "#lib/db/client.ts";
import { findVideoAccess } from "#lib/db/queries/videos/playback.ts";
import { runs, videos, watermarks } from "#lib/db/schema/index.ts";
import { newId } from "#lib/ids.ts";
import { createAccessCache } from "#lib/playback/access-cache.ts";
import { openMedia } from "#lib/playback/open-media.ts";
import { removeRunFiles, runRemovalKey } from "#lib/processing/remove-run-files.ts";
import { objectStore } from "#lib/storage/index.ts";
import { segmentKey } from "#lib/storage/keys.ts";
import { createUpload } from "#lib/uploads/create-upload.ts";
import { parseUploadMetadata } from "#lib/uploads/upload-metadata.ts";
import { cancelProcessing } from "#lib/videos/cancel-processing.ts";
import { getVideoWatermark, setVideoWatermark } from "#lib/watermarks/video-watermark.ts";
import { makePerson, type Person } from "#tests/factories/people.ts";
import { makeReceivedVideo } from "#tests/factories/received-video.ts";
import { makeRun } from "#tests/factories/rows.ts";
import { testDatabase } from "#tests/setup/database.ts";

testDatabase();

let owner: Person;
let watermarkId = "";

const design = {
  ...{ kind: "image", text: null, position: "center", opacity: 1, scale: 0.2, margin: 0.05 },
} as const;

beforeAll(async () => {
  owner = await makePerson();
  watermarkId = newId();
  await db()
    .insert(watermarks)
    .values({
      ...{ id: watermarkId, channelId: owner.channelId, name: "Logo", design, state: "ready" },
      ...{ imageKey: `watermarks/${watermarkId}/${newId()}.png`, imageWidth: 300, imageHeight: 100 },
    });
});

const receivedVideo = async (values: Partial<typeof videos.$inferInsert> = {}) => {
  const made = await makeReceivedVideo({ creatorId: owner.account.id, channelId: owner.channelId, ...values });
  await db()
    .update(videos)
    .set({ originalKey: made.sourceKey, status: values.status ?? "processing" })
    .where(eq(videos.id, made.videoId));
  return made;
};

const set = (videoId: string, mark: string | null) =>
  setVideoWatermark({ viewer: owner.account, videoId, choice: { watermarkId: mark } });

const runsOf = (videoId: string) => db().select().from(runs).where(eq(runs.videoId, videoId)).orderBy(desc(runs.id));

test("a mark on a ready video starts a run with the wish, and the old run stays what viewers get", async () => {
  const currentRunId = newId();
  const { videoId, sourceKey } = await receivedVideo({ status: "ready", currentRunId });
  await makeRun({ id: currentRunId, videoId, state: "published", sourceKey });
  expect(await set(videoId, watermarkId)).toMatchObject({ applied: false, watermark: { watermarkId } });
  const [run] = await runsOf(videoId);
  expect(run).toMatchObject({ state: "running", reason: "reprocess", wishes: { watermark: { watermarkId } } });
  const [video] = await db().select().from(videos).where(eq(videos.id, videoId));
  expect(video).toMatchObject({ status: "ready", currentRunId });
});

test("the same wish again starts nothing", async () => {
  const currentRunId = newId();
  const { videoId, sourceKey } = await receivedVideo({ status: "ready", currentRunId });
  await makeRun({ id: currentRunId, videoId, state: "published", sourceKey });
  expect(await set(videoId, null)).toEqual({ applied: true, watermark: null, groundUrl: null });
  expect(await runsOf(videoId)).toHaveLength(1);
});

test("while a run replaces what plays, another wish is refused and the old one stays", async () => {
  const currentRunId = newId();
  const { videoId, sourceKey } = await receivedVideo({ status: "ready", currentRunId });
  await makeRun({ id: currentRunId, videoId, state: "published", sourceKey });
  await set(videoId, watermarkId);
  await expect(set(videoId, null)).rejects.toMatchObject({ code: "conflict", hint: expect.any(String) });
  const kept = await getVideoWatermark({ viewer: owner.account, videoId });
  expect(kept.watermark?.watermarkId).toBe(watermarkId);
});

test("a fresh upload's run is ended and begun anew, since nothing of it is published", async () => {
  const { videoId, sourceKey } = await receivedVideo();
  const first = await makeRun({ videoId, sourceKey });
  await set(videoId, watermarkId);
  const [second, old] = await runsOf(videoId);
  expect(old).toMatchObject({ id: first.id, state: "cancelled" });
  expect(second).toMatchObject({ state: "running", wishes: { watermark: { watermarkId } } });
});

test("before the upload has ended the wish is kept for the first run", async () => {
  const { videoId } = await makeReceivedVideo({ creatorId: owner.account.id, channelId: owner.channelId });
  await set(videoId, watermarkId);
  expect(await runsOf(videoId)).toEqual([]);
  const [video] = await db().select().from(videos).where(eq(videos.id, videoId));
  expect(video?.wishes).toMatchObject({ watermark: { watermarkId } });
});

const metadataWith = (options: unknown) =>
  parseUploadMetadata(`options ${Buffer.from(JSON.stringify(options)).toString("base64")}`);

const upload = (person: Person, options: unknown) =>
  createUpload({
    ...{ viewer: person.account, uploadId: newId(), sizeBytes: 4, metadata: metadataWith(options) },
    freeBytes: async () => null,
  });

test("an upload may name its mark; one of somebody else's is not there", async () => {
  const { videoId } = await upload(owner, { watermarkId });
  const [video] = await db().select().from(videos).where(eq(videos.id, videoId));
  expect(video?.wishes).toMatchObject({ watermark: { watermarkId, imageWidth: 300 } });
  await expect(upload(await makePerson(), { watermarkId })).rejects.toMatchObject({ code: "not_found" });
});

test("what a stopped run made without the mark is served to nobody, and goes at once", async () => {
  const { videoId, sourceKey } = await receivedVideo({ visibility: "public" });
  const { id: runId } = await makeRun({ videoId, sourceKey });
  const key = segmentKey({ videoId, runId, rendition: "360p", index: 0 });
  await objectStore().put({ key, body: Buffer.from("unmarked") });
  const ask = async () => {
    const access = createAccessCache({
      load: (id) => findVideoAccess(db(), id),
      ...{ ttlMs: 1, maxEntries: 10, now: () => performance.now() },
    });
    const request = new Request(`http://kinora.test/media/${key}`);
    return openMedia({ viewer: null, request, requestId: "test", access });
  };
  const removalDue = async () => {
    const [job] = await db().execute<{ seconds: number }>(sql`
      select extract(epoch from run_at - now())::float8 as seconds from graphile_worker.jobs
      where key = ${runRemovalKey(runId)}`);
    return job?.seconds ?? null;
  };
  expect((await ask()).status).toBe(200);
  await cancelProcessing({ viewer: owner.account, videoId });
  expect((await ask()).status).toBe(200);
  expect(await removalDue()).toBeGreaterThan(3600);

  await set(videoId, watermarkId);
  await expect(ask()).rejects.toMatchObject({ code: "not_found" });
  expect(await removalDue()).toBeLessThan(60);
  await removeRunFiles({ videoId, runId });
  expect(await objectStore().head(key)).toBeNull();
});
