import { AppError } from "#lib/errors.ts";

/**
 * What somebody may see of it by their account, or null: whoever came by a playback token sees the video and nothing of what
 * people do about it.
 */
export const ifReachable = <T>(asked: Promise<T>): Promise<T | null> =>
  asked.catch((error: unknown) => {
    if (error instanceof AppError && error.code === "not_found") return null;
    throw error;
  });
