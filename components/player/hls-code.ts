import { onFirstUse } from "#components/ui/on-first-use.ts";

/** hls.js and what is built on it: three quarters of the player, in a chunk of its own that is fetched beside the rest. */
export const hlsCode = onFirstUse(() => import("#components/player/hls-stream.ts"));
