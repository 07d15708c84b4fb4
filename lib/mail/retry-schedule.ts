const firstMs = 30_000;
const longestMs = 2 * 3600_000;

/** After so many attempts, a day after the first one, a mail fails for good. */
export const mostMailAttempts = 20;

/**
 * How long to wait after attempt number `attempts` (from 1 on) that failed for the moment: 30 seconds, then twice as long
 * each time, at most two hours. Null when it was the last.
 */
export const mailRetryDelayMs = (attempts: number): number | null =>
  attempts >= mostMailAttempts ? null : Math.min(longestMs, firstMs * 2 ** (attempts - 1));
