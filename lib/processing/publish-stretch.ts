import { db, transaction } from "#lib/db/client.ts";
import { insertChunkOfAttempt, listChunks } from "#lib/db/queries/runs/chunks.ts";
import { lockRunningRun } from "#lib/db/queries/runs/runs.ts";
import { type RenditionPart, renditionPartSchema } from "#lib/media/playlists/rendition-parts.ts";
import { publishVideoEvent } from "#lib/notifications/publish-video-event.ts";
import type { Claim } from "#lib/processing/claim-step.ts";
import { noteStretches } from "#lib/processing/note-stretches.ts";
import { putFiles } from "#lib/processing/put-files.ts";
import type { ObjectStore } from "#lib/storage/object-store.ts";
import { countRunFiles } from "#lib/usage/count-run-files.ts";

/** A part as a row of the list of stretches. */
export const chunkRowOf = (part: RenditionPart) => ({
  rendition: part.rendition,
  firstSegment: part.firstSegment,
  segmentCount: part.segments.length,
  part,
});

/**
 * Publishes finished segments of a step that goes on: files first, then the list, so that a listed segment can always be
 * read. Returns false when the step was taken from the attempt; its files are then the same that its successor makes.
 */
export const publishStretch = async (input: {
  claim: Claim;
  part: RenditionPart;
  files: readonly { path: string; key: string }[];
  store: ObjectStore;
  signal: AbortSignal;
}): Promise<boolean> => {
  const { claim, part, files, store, signal } = input;
  const put = await putFiles({ files, store, signal });
  return transaction(async (tx) => {
    const run = await lockRunningRun(tx, claim.run.id);
    if (run === null) return false;
    const attempt = { stepId: claim.step.id, attemptId: claim.attemptId };
    if (!(await insertChunkOfAttempt(tx, { ...attempt, runId: run.id, row: chunkRowOf(part) }))) return false;
    await countRunFiles(tx, { run, put });
    await noteStretches(tx, { run, parts: [part] });
    await publishVideoEvent(tx, { videoId: run.videoId, event: "progress" });
    return true;
  });
};

/** What of a rendition is published so far, in order. */
export const publishedParts = async (input: { runId: string; rendition?: string }): Promise<RenditionPart[]> =>
  (await listChunks(db(), input)).map(({ part }) => renditionPartSchema.parse(part));
