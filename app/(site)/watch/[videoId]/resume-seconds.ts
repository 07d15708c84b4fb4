import type { Viewer } from "#lib/accounts/viewer.ts";
import { readWatchProgress } from "#lib/library/history.ts";
import { ifReachable } from "./if-reachable.ts";

/** Where a signed-in person stopped, on whatever device; 0 for the beginning and for strangers. */
export const resumeSeconds = async ({ viewer, videoId }: { viewer: Viewer; videoId: string }): Promise<number> => {
  if (viewer === null) return 0;
  const progress = await ifReachable(readWatchProgress({ viewer, videoId }));
  return (progress?.positionMs ?? 0) / 1000;
};
