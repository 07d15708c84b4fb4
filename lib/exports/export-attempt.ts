import { db, transaction } from "#lib/db/client.ts";
import {
  claimAudioExport,
  endAudioExport,
  findAudioExport,
  findExportFacts,
  insertExportAsset,
  listStrandedAudioExports,
  writeAudioExportProgress,
} from "#lib/db/queries/videos/audio-exports.ts";
import { type AudioRequest, audioRequestSchema } from "#lib/exports/dto.ts";
import { exportJobKey, exportPriority } from "#lib/exports/request-audio.ts";
import { newId } from "#lib/ids.ts";
import { enqueue } from "#lib/jobs/enqueue.ts";
import { exportScratchNeed } from "#lib/media/plan/scratch-need.ts";
import { publishVideoEvent } from "#lib/notifications/publish-video-event.ts";
import { recordVideoEvent } from "#lib/notifications/record-video-event.ts";
import { exportKey } from "#lib/storage/keys.ts";
import type { ObjectStore } from "#lib/storage/object-store.ts";

type Facts = NonNullable<Awaited<ReturnType<typeof findExportFacts>>>;

/** One attempt at an export, under the uuid that alone may report. */
export type ExportClaim = {
  exportId: string;
  attemptId: string;
  attempts: number;
  videoId: string;
  options: AudioRequest;
  facts: Facts & { originalKey: string };
};

/** What an open export needs before it may begin: its original and bytes of scratch. Null when it has ended. */
export const roomForExport = async (exportId: string): Promise<{ sourceKey: string; bytes: number } | null> => {
  const row = await findAudioExport(db(), exportId);
  if (row === null || (row.state !== "queued" && row.state !== "running")) return null;
  const facts = await findExportFacts(db(), row.videoId);
  if (facts === null || facts.originalKey === null) return null;
  const { bitrate } = audioRequestSchema.parse(row.options);
  const seconds = facts.durationMs === null ? null : facts.durationMs / 1000;
  return { sourceKey: facts.originalKey, bytes: exportScratchNeed({ bitrate, seconds }) };
};

/** Lets an export wait that found no room; its job comes again after `retryMs`, and no attempt is counted. */
export const waitToExport = ({ exportId, retryMs }: { exportId: string; retryMs: number }): Promise<void> =>
  enqueue(
    db(),
    "exports/audio",
    { exportId },
    { key: exportJobKey(exportId), runAt: new Date(Date.now() + retryMs), priority: exportPriority },
  );

/** Takes an export for the attempt of that id; null when it has ended, or its video or the original is gone. */
export const claimExport = async (input: {
  exportId: string;
  workerId: string;
  attemptId: string;
}): Promise<ExportClaim | null> => {
  const { attemptId } = input;
  const row = await claimAudioExport(db(), input);
  if (row === null) return null;
  await publishVideoEvent(db(), { videoId: row.videoId, event: "changed" });
  const facts = await findExportFacts(db(), row.videoId);
  if (facts === null || facts.originalKey === null) return null;
  const { videoId, attempts } = row;
  const options = audioRequestSchema.parse(row.options);
  return {
    ...{ exportId: input.exportId, attemptId, attempts, videoId, options },
    facts: { ...facts, originalKey: facts.originalKey },
  };
};

const attemptOf = ({ exportId, attemptId }: ExportClaim) => ({ exportId, attemptId });

/** Tells how far an attempt is, from 0 to 1. False when it was taken away or cancelled. */
export const reportExport = async (claim: ExportClaim, fraction: number): Promise<boolean> => {
  const own = await writeAudioExportProgress(db(), { ...attemptOf(claim), fraction });
  if (own) await publishVideoEvent(db(), { videoId: claim.videoId, event: "changed" });
  return own;
};

/**
 * Puts the finished file under its name and ends the export. When the attempt was taken away or cancelled nothing is left
 * behind; false then.
 */
export const completeExport = async (input: {
  claim: ExportClaim;
  path: string;
  store: ObjectStore;
}): Promise<boolean> => {
  const { claim, path, store } = input;
  const { videoId } = claim;
  const key = exportKey(claim);
  const { info } = await store.adopt({ key, path, local: "consume" });
  const assetId = newId();
  const done = await transaction(async (tx) => {
    if (!(await endAudioExport(tx, { ...attemptOf(claim), end: { assetId } }))) return false;
    const { sizeBytes } = info;
    await insertExportAsset(tx, { id: assetId, videoId, key, sizeBytes, contentType: "audio/mpeg" });
    await publishVideoEvent(tx, { videoId, event: "changed" });
    const data = { exportId: claim.exportId, assetId, format: "mp3", sizeBytes };
    await recordVideoEvent(tx, { type: "audio.ready", videoId, data, dedupeKey: `audio.ready:${claim.exportId}` });
    return true;
  });
  if (!done) await store.remove(key);
  return done;
};

/** Ends an export for good with a code of lib/media/failures.ts. */
export const failExport = async (claim: ExportClaim, fault: { code: string; detail: string | null }): Promise<void> => {
  await endAudioExport(db(), { ...attemptOf(claim), end: fault });
  await publishVideoEvent(db(), { videoId: claim.videoId, event: "changed" });
};

const perRound = 100;

/** Queues open exports again that lost their job. Repeating it is fine. */
export const reconcileExports = async (): Promise<void> => {
  for (const exportId of await listStrandedAudioExports(db(), perRound)) {
    await enqueue(db(), "exports/audio", { exportId }, { key: exportJobKey(exportId), priority: exportPriority });
  }
};
