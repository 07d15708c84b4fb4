import { AppError } from "#lib/errors.ts";

/** The system's code of a failed call (`ENOENT`, …), or null for anything that is not a system fault. */
export const systemCode = (error: unknown): string | null =>
  error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : null;

const fullDisk = new Set(["ENOSPC", "EDQUOT", "EFBIG"]);
const missing = new Set(["ENOENT", "ENOTDIR"]);

/** Whether the call failed because the file (or a folder above it) does not exist. */
export const isMissing = (error: unknown): boolean => missing.has(systemCode(error) ?? "");

/** Whether the call failed because the disk or the account's share of it is full. */
export const isFullDisk = (error: unknown): boolean => fullDisk.has(systemCode(error) ?? "");

/**
 * Translates a fault of the file system: a full disk is `no_space`, a missing file `not_found`, everything else of the
 * machine `unavailable` (worth a retry). Aborts and `AppError`s pass through as they are.
 */
export const fileFault = (error: unknown, context: Record<string, unknown>): Error => {
  if (error instanceof AppError) return error;
  if (error instanceof Error && error.name === "AbortError") return error;
  if (isFullDisk(error)) return new AppError("no_space", { cause: error, context });
  if (isMissing(error)) return new AppError("not_found", { cause: error, context });
  return new AppError("unavailable", { cause: error, context });
};
