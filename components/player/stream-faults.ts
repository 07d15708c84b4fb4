import { type ErrorData, ErrorDetails, ErrorTypes } from "hls.js";
import type { PlaybackProblem } from "#components/player/stream-contract.ts";

/** Tries before a network fault is shown: 1, 2, 4 and 8 seconds apart. */
const networkTries = 4;
/** Decoder faults this close together mean that recovering does not help. */
const mediaFaultWindowMs = 10_000;

const isCodecFault = (data: ErrorData) =>
  data.details === ErrorDetails.MANIFEST_INCOMPATIBLE_CODECS_ERROR ||
  data.details === ErrorDetails.BUFFER_ADD_CODEC_ERROR ||
  data.details === ErrorDetails.BUFFER_INCOMPATIBLE_CODECS_ERROR;

/** What another try cannot change: the playlist came, and is none. */
const isBroken = (data: ErrorData) =>
  data.details === ErrorDetails.MANIFEST_PARSING_ERROR || data.details === ErrorDetails.LEVEL_PARSING_ERROR;

const isGone = (data: ErrorData) => data.response?.code === 403 || data.response?.code === 404;

/** What can be done about a fault. */
export type FaultRemedies = {
  /** Opens the playlist again, or goes on loading where it stood. */
  reload: () => void;
  /** Rebuilds the decoder's buffers at the playhead. */
  rebuild: () => void;
  /** Never loads the rung again that failed last; false when no other is planned that may do. */
  avoid: () => boolean;
  /** Opens what plays for every client instead of what is planned; false when that is what is open. */
  fallBack: () => boolean;
  give: (problem: PlaybackProblem) => void;
};

/**
 * Answers fatal faults: network ones by trying again with back-off, decoder ones by rebuilding the buffers, and where that
 * does not help by going without the rung that this browser cannot decode, whatever it says of itself.
 */
export const faultAnswers = (remedies: FaultRemedies) => {
  let networkFaults = 0;
  let lastMediaFaultMs = Number.NEGATIVE_INFINITY;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tryNetwork = () => {
    if (networkFaults >= networkTries) return remedies.give("network");
    clearTimeout(timer);
    timer = setTimeout(remedies.reload, 1000 * 2 ** networkFaults);
    networkFaults += 1;
  };
  const tryMedia = () => {
    const nowMs = performance.now();
    const again = nowMs - lastMediaFaultMs < mediaFaultWindowMs;
    lastMediaFaultMs = nowMs;
    if (again && !remedies.avoid()) return remedies.give("media");
    remedies.rebuild();
  };
  const tryCodec = () => {
    if (!remedies.avoid()) return remedies.give("codec");
    remedies.rebuild();
  };
  const onError = (data: ErrorData) => {
    if (!data.fatal) return;
    if (isCodecFault(data)) return tryCodec();
    if (isGone(data)) return remedies.fallBack() ? undefined : remedies.give("gone");
    if (isBroken(data)) return remedies.give("media");
    if (data.type === ErrorTypes.NETWORK_ERROR) return tryNetwork();
    if (data.type === ErrorTypes.MEDIA_ERROR) return tryMedia();
    remedies.give("media");
  };
  const onLoaded = () => {
    networkFaults = 0;
  };
  return { onError, onLoaded, stop: () => clearTimeout(timer) };
};
