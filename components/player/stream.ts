import Hls from "hls.js";
import { openWithHls } from "#components/player/hls-stream.ts";
import { openNatively } from "#components/player/native-stream.ts";
import { noFacts, type OpenStream, type Stream } from "#components/player/stream-contract.ts";

/** Plays the multivariant playlist at `url` on `video` with whatever this browser has. */
export const openStream = (input: OpenStream): Stream => {
  if (Hls.isSupported()) return openWithHls(input);
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
