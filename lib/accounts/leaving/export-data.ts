import { PassThrough } from "node:stream";
import { finished } from "node:stream/promises";
import { ZipFile } from "yazl";
import { accountOfUser } from "#lib/accounts/account-of-session.ts";
import { collectData } from "#lib/accounts/leaving/collect-data.ts";
import type { AccountExportDto } from "#lib/accounts/leaving/dto.ts";
import type { Account, Viewer } from "#lib/accounts/viewer.ts";
import { db, transaction, uniqueViolation } from "#lib/db/client.ts";
import {
  type AccountExportRow,
  countRecentExports,
  findAccountExport,
  insertAccountExport,
  listAccountExports,
  listExpiredExports,
  markExportExpired,
  markExportReady,
} from "#lib/db/queries/accounts/account-exports.ts";
import { findUser } from "#lib/db/queries/accounts/users.ts";
import { recordAudit } from "#lib/db/queries/instance/audit.ts";
import { deleteAssetByKey, insertAssets } from "#lib/db/queries/videos/assets.ts";
import { AppError } from "#lib/errors.ts";
import { newId } from "#lib/ids.ts";
import { enqueue } from "#lib/jobs/enqueue.ts";
import { log } from "#lib/log.ts";
import { siteAddress } from "#lib/mail/site-address.ts";
import { recordEvent } from "#lib/notifications/record-event.ts";
import { objectStore } from "#lib/storage/index.ts";
import { accountExportKey } from "#lib/storage/keys.ts";

const daySeconds = 24 * 3600;
const lifeDays = 7;
const mostPerDay = 3;
const perRound = 100;

const toDto = (row: AccountExportRow, now = new Date()): AccountExportDto => {
  const over = row.expiresAt !== null && row.expiresAt <= now;
  const state = over ? "expired" : row.state;
  return {
    ...{ id: row.id, state, sizeBytes: row.sizeBytes },
    downloadUrl: state === "ready" ? `/api/v1/me/export/${row.id}/file` : null,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt?.toISOString() ?? null,
  };
};

/** The caller's files, newest first. Throws `unauthenticated`. */
export const listExports = async (viewer: Viewer): Promise<{ items: AccountExportDto[] }> => {
  if (viewer === null) throw new AppError("unauthenticated");
  return { items: (await listAccountExports(db(), viewer.id)).map((row) => toDto(row)) };
};

const underWay = () =>
  new AppError("conflict", { message: "A file is being made already.", hint: "You are told when it is ready." });

/**
 * Asks for a file with all that is kept of the caller's account; a job makes it. Throws `unauthenticated`, `conflict` while
 * one is being made, and `rate_limited` after three within a day.
 */
export const requestExport = async ({
  viewer,
  address,
}: {
  viewer: Viewer;
  address: string;
}): Promise<AccountExportDto> => {
  if (viewer === null) throw new AppError("unauthenticated");
  const userId = viewer.id;
  const { count, freeInSeconds } = await countRecentExports(db(), { userId, seconds: daySeconds });
  if (count >= mostPerDay) throw new AppError("rate_limited", { retryAfterSeconds: Math.max(1, freeInSeconds) });
  const exportId = newId();
  try {
    return await transaction(async (tx) => {
      const key = accountExportKey({ userId, exportId });
      const row = await insertAccountExport(tx, { id: exportId, userId, key });
      if (row === null) throw new AppError("internal");
      await enqueue(tx, "accounts/export", { exportId }, { key: `export-account:${exportId}` });
      await recordAudit(tx, {
        ...{ actorId: userId, action: "account.export", targetType: "user", targetId: userId, address },
        details: { exportId },
      });
      return toDto(row);
    });
  } catch (error) {
    throw uniqueViolation(error) === "account_exports_queued_key" ? underWay() : error;
  }
};

const readMe = (
  account: Account,
) => `All that Kinora keeps of the account ${account.username}, in JSON, one file per matter.

Addresses in these files begin with ${siteAddress("/")} and need you to be signed in there. The original of a video stands in
videos.json under assets, with the kind "original". Passwords, tokens and other secrets are not here: they are kept in a
form from which nobody can read them.
`;

const writeZip = async (
  zip: ZipFile,
  { account, signal }: { account: Account; signal: AbortSignal },
): Promise<void> => {
  zip.addBuffer(Buffer.from(readMe(account)), "README.txt");
  for await (const { name, data } of collectData(account, signal)) {
    zip.addBuffer(Buffer.from(`${JSON.stringify(data, null, 2)}\n`), name);
  }
  zip.end();
};

const storeZip = async ({ key, account, signal }: { key: string; account: Account; signal: AbortSignal }) => {
  const zip = new ZipFile();
  const body = zip.outputStream.pipe(new PassThrough());
  const written = writeZip(zip, { account, signal }).catch((error: unknown) => {
    // The store must not wait for an end that never comes.
    body.destroy(error instanceof Error ? error : new Error(String(error)));
    throw error;
  });
  const [info] = await Promise.all([objectStore().put({ key, body, signal }), written, finished(body)]);
  return info;
};

/**
 * Makes the file, stores it with its bytes in the ledger, and tells its owner. Repeating it is fine; nothing is made for
 * an account that is gone or leaving, and whoever comes back asks anew.
 */
export const makeExport = async ({ exportId, signal }: { exportId: string; signal: AbortSignal }): Promise<void> => {
  const row = await findAccountExport(db(), { exportId });
  const user = row === null ? null : await findUser(db(), row.userId);
  if (row === null || row.state !== "queued" || user === null) return;
  if (user.deletionRequestedAt !== null) {
    await markExportExpired(db(), exportId);
    return;
  }
  const { key, userId } = row;
  const { sizeBytes } = await storeZip({ key, account: accountOfUser(user), signal });
  const kept = await transaction(async (tx) => {
    if (!(await markExportReady(tx, { exportId, sizeBytes, lifeSeconds: lifeDays * daySeconds }))) return false;
    await insertAssets(tx, [{ userId, kind: "working", key, sizeBytes, contentType: "application/zip" }]);
    await recordEvent(tx, { type: "export.ready", userId, data: { days: lifeDays }, dedupeKey: `export:${exportId}` });
    return true;
  });
  // Given up, or gone with its account, in between; of two that made the same file one has kept it.
  if (!kept && (await findAccountExport(db(), { exportId }))?.state !== "ready") await objectStore().remove(key);
};

/** Upkeep: removes files whose week is over, and gives up those that nobody could make. */
export const expireExports = async (): Promise<void> => {
  for (const { id, key } of await listExpiredExports(db(), perRound)) {
    await objectStore().remove(key);
    await transaction(async (tx) => {
      await deleteAssetByKey(tx, key);
      await markExportExpired(tx, id);
    });
    log().info({ "event.action": "account.export_expired", exportId: id }, "an export was removed");
  }
};
