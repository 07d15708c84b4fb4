import type { Account, Viewer } from "#lib/accounts/viewer.ts";
import type { DbOrTx } from "#lib/db/client.ts";
import { findWatermark, type WatermarkRow } from "#lib/db/queries/videos/watermarks.ts";
import { AppError } from "#lib/errors.ts";
import { mayCreate } from "#lib/videos/policy.ts";

/** The caller when they may bring videos in. Throws `unauthenticated` for nobody, `forbidden` for those who only watch. */
export const requireCreator = (viewer: Viewer): Account => {
  if (viewer === null) throw new AppError("unauthenticated");
  if (!mayCreate(viewer)) throw new AppError("forbidden");
  return viewer;
};

type Rights = Pick<WatermarkRow, "channelId" | "memberIds">;

/** Whether the viewer may change a mark: its channel's members and admins may; those of the instance are the admins'. */
export const mayEditWatermark = (viewer: Viewer, mark: Rights): boolean =>
  viewer !== null && (viewer.role === "admin" || (mayCreate(viewer) && mark.memberIds.includes(viewer.id)));

/** Whether the viewer may see and use a mark: those who may change it, and every creator one of the instance. */
export const mayUseWatermark = (viewer: Viewer, mark: Rights): boolean =>
  mayEditWatermark(viewer, mark) || (mark.channelId === null && mayCreate(viewer));

/** A mark that is not deleted and that the viewer may see. Throws `unauthenticated` and `not_found`. */
export const requireUsableWatermark = async (
  tx: DbOrTx,
  { viewer, watermarkId, lock }: { viewer: Viewer; watermarkId: string; lock?: "share" | "update" },
): Promise<WatermarkRow> => {
  if (viewer === null) throw new AppError("unauthenticated");
  const mark = await findWatermark(tx, { watermarkId, ...(lock === undefined ? {} : { lock }) });
  if (mark === null || mark.deletedAt !== null || !mayUseWatermark(viewer, mark)) throw new AppError("not_found");
  return mark;
};

/** The mark, locked, when the viewer may change it. Throws also `forbidden` for those who only may use it. */
export const requireEditableWatermark = async (
  tx: DbOrTx,
  { viewer, watermarkId }: { viewer: Viewer; watermarkId: string },
): Promise<WatermarkRow> => {
  const mark = await requireUsableWatermark(tx, { viewer, watermarkId, lock: "update" });
  if (!mayEditWatermark(viewer, mark)) throw new AppError("forbidden");
  return mark;
};
