import { and, asc, desc, eq, gt, inArray, isNotNull, isNull, or, sql } from "drizzle-orm";
import type { DbOrTx, Tx } from "#lib/db/client.ts";
import { labelSettings, videoLabels, videoLooks, videoPlaces, videos } from "#lib/db/schema/index.ts";

/** How a look at a video's frames went. */
export type LookRow = Pick<typeof videoLooks.$inferSelect, "runId" | "state" | "frames" | "tookMs">;
/** A thing that was seen, and what became of the suggestion. */
export type LabelRow = Pick<typeof videoLabels.$inferSelect, "label" | "confidence" | "frames" | "state">;
/** A place as the file tells it, and what became of the suggestion. */
export type PlaceRow = Pick<typeof videoPlaces.$inferSelect, "latitude" | "longitude" | "city" | "state">;

/** The last look at a video, or null. */
export const findLook = async (tx: DbOrTx, videoId: string): Promise<LookRow | null> => {
  const { runId, state, frames, tookMs } = videoLooks;
  const [row] = await tx
    .select({ runId, state, frames, tookMs })
    .from(videoLooks)
    .where(eq(videoLooks.videoId, videoId));
  return row ?? null;
};

/**
 * Ready videos that nobody has looked at, or where the model did not start, by id and with the run that viewers have; the next page begins
 * after the last one's.
 */
export const listUnseenVideos = async (
  tx: DbOrTx,
  { after, limit }: { after: string | null; limit: number },
): Promise<{ videoId: string; runId: string }[]> => {
  const rows = await tx
    .select({ videoId: videos.id, runId: videos.currentRunId })
    .from(videos)
    .leftJoin(videoLooks, eq(videoLooks.videoId, videos.id))
    .where(
      and(
        eq(videos.status, "ready"),
        isNull(videos.deletedAt),
        isNotNull(videos.currentRunId),
        or(isNull(videoLooks.videoId), eq(videoLooks.state, "unavailable")),
        after === null ? undefined : gt(videos.id, after),
      ),
    )
    .orderBy(asc(videos.id))
    .limit(limit);
  return rows.flatMap(({ videoId, runId }) => (runId === null ? [] : [{ videoId, runId }]));
};

/** Stores how a look went, in the place of the one before. */
export const putLook = async (tx: Tx, { videoId, ...row }: LookRow & { videoId: string }): Promise<void> => {
  const set = { ...row, createdAt: sql`now()` };
  await tx
    .insert(videoLooks)
    .values({ videoId, ...row })
    .onConflictDoUpdate({ target: videoLooks.videoId, set });
};

/** What was seen in a video, whatever became of it, the surest first. */
export const listLabels = (tx: DbOrTx, videoId: string): Promise<LabelRow[]> => {
  const { label, confidence, frames, state } = videoLabels;
  return tx
    .select({ label, confidence, frames, state })
    .from(videoLabels)
    .where(eq(videoLabels.videoId, videoId))
    .orderBy(desc(sql`${confidence} * ${frames}`), asc(label));
};

/** Puts suggestions in the place of those that nobody has decided about; what was decided stays as it is. */
export const replaceSuggestions = async (
  tx: Tx,
  { videoId, labels }: { videoId: string; labels: readonly Pick<LabelRow, "label" | "confidence" | "frames">[] },
): Promise<void> => {
  await tx.delete(videoLabels).where(and(eq(videoLabels.videoId, videoId), eq(videoLabels.state, "suggested")));
  if (labels.length === 0) return;
  await tx
    .insert(videoLabels)
    .values(labels.map((label) => ({ videoId, state: "suggested" as const, ...label })))
    .onConflictDoNothing();
};

/** Decides about a suggestion. False when it is not open (any more). */
export const decideLabel = async (
  tx: Tx,
  { videoId, label, state }: { videoId: string; label: string; state: "accepted" | "removed" },
): Promise<boolean> => {
  const rows = await tx
    .update(videoLabels)
    .set({ state, decidedAt: sql`now()` })
    .where(and(eq(videoLabels.videoId, videoId), eq(videoLabels.label, label), eq(videoLabels.state, "suggested")))
    .returning({ label: videoLabels.label });
  return rows.length === 1;
};

/** Where a video was recorded, or null where its file says nothing or nobody allowed to read it. */
export const findPlace = async (tx: DbOrTx, videoId: string): Promise<PlaceRow | null> => {
  const { latitude, longitude, city, state } = videoPlaces;
  const [row] = await tx
    .select({ latitude, longitude, city, state })
    .from(videoPlaces)
    .where(eq(videoPlaces.videoId, videoId));
  return row ?? null;
};

/** Suggests a place, or none; what was decided stays as it is. */
export const replacePlace = async (
  tx: Tx,
  { videoId, place }: { videoId: string; place: { latitude: number; longitude: number; city: string | null } | null },
): Promise<void> => {
  await tx.delete(videoPlaces).where(and(eq(videoPlaces.videoId, videoId), eq(videoPlaces.state, "suggested")));
  if (place === null) return;
  await tx
    .insert(videoPlaces)
    .values({ videoId, state: "suggested", ...place })
    .onConflictDoNothing();
};

/** Decides about a place and forgets where it was. False when it is not open (any more). */
export const decidePlace = async (
  tx: Tx,
  { videoId, state }: { videoId: string; state: "accepted" | "removed" },
): Promise<boolean> => {
  const rows = await tx
    .update(videoPlaces)
    .set({ state, latitude: null, longitude: null, city: null, decidedAt: sql`now()` })
    .where(and(eq(videoPlaces.videoId, videoId), eq(videoPlaces.state, "suggested")))
    .returning({ videoId: videoPlaces.videoId });
  return rows.length === 1;
};

/** Whether the place that files carry may be read for an account. `lock` keeps the answer until the transaction ends. */
export const findPlaceFromFile = async (
  tx: DbOrTx,
  { userId, lock = false }: { userId: string; lock?: boolean },
): Promise<boolean> => {
  const query = tx
    .select({ allowed: labelSettings.placeFromFile })
    .from(labelSettings)
    .where(eq(labelSettings.userId, userId));
  const [row] = await (lock ? query.for("share") : query);
  return row?.allowed ?? false;
};

/** Stores whether places may be read. When they may not, open suggestions of the account's videos are forgotten. */
export const putPlaceFromFile = async (
  tx: Tx,
  { userId, placeFromFile }: { userId: string; placeFromFile: boolean },
): Promise<void> => {
  const set = { placeFromFile, updatedAt: sql`now()` };
  await tx
    .insert(labelSettings)
    .values({ userId, placeFromFile })
    .onConflictDoUpdate({ target: labelSettings.userId, set });
  if (!placeFromFile) await deleteSuggestedPlaces(tx, userId);
};

const deleteSuggestedPlaces = async (tx: Tx, userId: string): Promise<void> => {
  const own = tx.select({ id: videos.id }).from(videos).where(eq(videos.creatorId, userId));
  await tx.delete(videoPlaces).where(and(eq(videoPlaces.state, "suggested"), inArray(videoPlaces.videoId, own)));
};

/** Forgets what an account that goes allowed, and where it was; its videos on other people's channels stay. */
export const deleteLabelSettings = async (tx: Tx, userId: string): Promise<void> => {
  await deleteSuggestedPlaces(tx, userId);
  await tx.delete(labelSettings).where(eq(labelSettings.userId, userId));
};
