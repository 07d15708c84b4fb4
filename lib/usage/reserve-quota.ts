import type { Tx } from "#lib/db/client.ts";
import {
  countDailyUpload,
  dailyUploadOf,
  findCounters,
  findPayer,
  listReservedUploads,
  releaseBytes,
  reserveBytes,
} from "#lib/db/queries/usage/quota.ts";
import { AppError } from "#lib/errors.ts";
import type { InstanceSettings } from "#lib/settings/definitions.ts";
import { limitsOfPayer } from "#lib/usage/limits-of-payer.ts";
import { utcDay } from "#lib/usage/utc-day.ts";

/**
 * An upload that is being created, and the video it is for. `usual` are the instance's settings, read before the
 * transaction: one that waits for a second connection could wait for ever.
 */
export type ReserveQuota = { uploadId: string; videoId: string; sizeBytes: number; usual: InstanceSettings };

const free = (limit: number, used: number) => Math.max(0, limit - used);

/**
 * Sets aside what an upload will need, of the quota and the day's limit of the channel's owner. Call it last in the
 * transaction that creates the upload: it holds the account's counters. Throws `quota_exceeded` with a hint that says how
 * much is free.
 */
export const reserveQuota = async (tx: Tx, input: ReserveQuota): Promise<void> => {
  const { uploadId, videoId, sizeBytes: bytes, usual } = input;
  const payer = await findPayer(tx, videoId);
  if (payer === null) throw new AppError("not_found", { context: { videoId } });
  const { userId } = payer;
  const { storageQuotaBytes: quotaBytes, dailyUploadBytes: limitBytes } = limitsOfPayer({ payer, usual });
  const day = utcDay(new Date());
  if (!(await reserveBytes(tx, { uploadId, userId, bytes, quotaBytes }))) {
    const { storedBytes, reservedBytes } = await findCounters(tx, userId);
    const left = free(quotaBytes ?? 0, storedBytes + reservedBytes);
    throw new AppError("quota_exceeded", {
      hint: `This file has ${bytes} bytes; ${left} of ${quotaBytes} bytes are free. Delete what is no longer needed, or ask the operator for more.`,
      context: { userId, bytes, quotaBytes, storedBytes, reservedBytes },
    });
  }
  if (!(await countDailyUpload(tx, { userId, day, bytes, limitBytes }))) {
    const left = free(limitBytes ?? 0, await dailyUploadOf(tx, { userId, day }));
    throw new AppError("quota_exceeded", {
      message: "This is more than may be uploaded today.",
      hint: `This file has ${bytes} bytes; ${left} of today's ${limitBytes} bytes are left. The next day begins at 00:00 UTC.`,
      context: { userId, bytes, limitBytes },
    });
  }
};

/**
 * Settles an upload's reservation: in the transaction that records the stored original (whose bytes take its place), or
 * that ends the upload. Call it last. Nothing happens when that was done before.
 */
export const releaseQuota = (tx: Tx, uploadId: string): Promise<void> => releaseBytes(tx, uploadId);

/** Gives back what all uploads of a video have set aside, in the transaction that removes it for good. */
export const releaseQuotaOfVideo = async (tx: Tx, videoId: string): Promise<void> => {
  for (const uploadId of await listReservedUploads(tx, videoId)) await releaseBytes(tx, uploadId);
};
