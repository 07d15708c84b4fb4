/** Milliseconds that an upload is kept without getting a byte. */
export const uploadLifetimeMs = 7 * 24 * 3600 * 1000;

/** When an upload that was alive at `now` expires. */
export const uploadExpiry = (now: Date): Date => new Date(now.getTime() + uploadLifetimeMs);
