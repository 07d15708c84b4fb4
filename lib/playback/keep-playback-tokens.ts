import { db } from "#lib/db/client.ts";
import { deleteOldPlaybackTokens } from "#lib/db/queries/sharing/playback-tokens.ts";

/** How long a token's row stays after its end, for whoever looks into who watched by it. */
const keepEndedSeconds = 30 * 24 * 3600;

/** Upkeep: removes playback tokens that expired a month ago. */
export const keepPlaybackTokens = (): Promise<void> => deleteOldPlaybackTokens(db(), keepEndedSeconds);
