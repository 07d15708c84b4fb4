import { hlsCode } from "#components/player/hls-code.ts";
import { openNatively } from "#components/player/native-stream.ts";
import { noFacts, type OpenStream, type Stream } from "#components/player/stream-contract.ts";

/** Plays the multivariant playlist at `url` on `video` with whatever this browser has. `hlsCode` has been fetched before. */
export const openStream = (input: OpenStream): Stream => {
  const hls = hlsCode.now();
  if (hls?.isHlsSupported() === true) return hls.openWithHls(input);
  if (input.video.canPlayType("application/vnd.apple.mpegurl") !== "") return openNatively(input);
  input.events.onProblem("unsupported");
  return {
    choose: () => undefined,
    chooseSound: () => undefined,
    update: () => undefined,
    facts: () => noFacts,
    close: () => undefined,
  };
};
