import { db, transaction } from "#lib/db/client.ts";
import {
  findLook,
  findPlaceFromFile,
  type LookRow,
  putLook,
  replacePlace,
  replaceSuggestions,
} from "#lib/db/queries/labels/labels.ts";
import { findVideo, type VideoRow } from "#lib/db/queries/videos/videos.ts";
import { env } from "#lib/env.ts";
import { publishVideoEvent } from "#lib/notifications/publish-video-event.ts";
import type { RunRef } from "#lib/storage/keys.ts";
import { nearestCity } from "./nearest-city.ts";
import type { Place } from "./place-of-tags.ts";
import type { SeenLabel } from "./rank-labels.ts";

/** What is to be found out about a video. */
export type LookOrder = {
  run: RunRef;
  /** Whether its stills are looked at. */
  stills: boolean;
  /** The file whose place is read; null: nobody allowed it. */
  placeKey: string | null;
};

/** What was found out. */
export type LookResult = {
  look: (Omit<LookRow, "runId"> & { labels: readonly SeenLabel[] }) | null;
  place: Place | null;
};

/** The video as long as this run is what viewers have of it. */
const currentOf = (video: VideoRow | null, runId: string): VideoRow | null =>
  video !== null && video.deletedAt === null && video.currentRunId === runId ? video : null;

const orderOf = async ({ videoId, runId }: RunRef): Promise<LookOrder | null> => {
  const video = currentOf(await findVideo(db(), { videoId }), runId);
  if (video === null) return null;
  const last = await findLook(db(), videoId);
  const isDone = last !== null && last.runId === runId && last.state !== "unavailable";
  const stills = env().labels && !isDone;
  const mayReadPlace = await findPlaceFromFile(db(), { userId: video.creatorId });
  const placeKey = mayReadPlace ? video.originalKey : null;
  return stills || placeKey !== null ? { run: { videoId, runId }, stills, placeKey } : null;
};

/**
 * Finds out what a video shows and, where its uploader allows it, where it was recorded, and keeps both as suggestions. `look` does
 * the work outside of any transaction. Does nothing for a run that was replaced or looked at already, nor for a deleted video.
 * Repeating it is fine. Throws what `look` throws: faults of the machine, which the queue tries again.
 */
export const lookAtVideo = async ({
  look,
  ...ref
}: RunRef & { look: (order: LookOrder) => Promise<LookResult> }): Promise<void> => {
  const order = await orderOf(ref);
  if (order === null) return;
  const { videoId, runId } = ref;
  const found = await look(order);
  await transaction(async (tx) => {
    const video = currentOf(await findVideo(tx, { videoId, lock: true }), runId);
    if (video === null) return;
    if (found.look !== null) {
      const { labels, ...row } = found.look;
      await putLook(tx, { videoId, runId, ...row });
      await replaceSuggestions(tx, { videoId, labels });
      await publishVideoEvent(tx, { videoId, event: "changed" });
    }
    // It may have been forbidden meanwhile.
    if (order.placeKey === null || !(await findPlaceFromFile(tx, { userId: video.creatorId, lock: true }))) return;
    const place = found.place === null ? null : { ...found.place, city: nearestCity(found.place) };
    await replacePlace(tx, { videoId, place });
  });
};
