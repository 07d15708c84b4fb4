import type { Probe } from "#lib/media/probe/probe.ts";

/** End of a stream in seconds from the run's time 0, as far as the container tells; else the end of the file. */
export const streamEnd = (
  probe: Probe,
  stream: { startSeconds: number | null; durationSeconds: number | null },
): number =>
  (stream.startSeconds ?? probe.startSeconds) -
  probe.startSeconds +
  (stream.durationSeconds ?? probe.durationSeconds ?? 0);

/** How many seconds longer `long` lasts than `short`, when both are known and it would be noticed; else 0. */
export const missingSeconds = (long: number, short: number): number =>
  short > 0 && long - short > 0.1 ? Math.round((long - short) * 1000) / 1000 : 0;
