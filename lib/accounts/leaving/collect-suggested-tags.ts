import type { Account } from "#lib/accounts/viewer.ts";
import { getLabelSettings } from "#lib/labels/label-settings.ts";
import { getSuggestedTags } from "#lib/labels/suggested-tags.ts";

/** What an account allows to be read out of its files, and what is suggested for its videos, places among it. */
export const collectSuggestedTags = async (input: {
  viewer: Account;
  signal: AbortSignal;
  videoIds: readonly string[];
}) => {
  const { viewer, signal, videoIds } = input;
  const ofVideos: unknown[] = [];
  for (const videoId of videoIds) {
    signal.throwIfAborted();
    ofVideos.push({ videoId, ...(await getSuggestedTags({ viewer, videoId })) });
  }
  return { settings: await getLabelSettings(viewer), videos: ofVideos };
};
