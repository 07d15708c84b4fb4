import { type ErrorData, ErrorDetails, ErrorTypes, type FragLoadedData } from "hls.js";
import type { PlaybackProblem } from "#components/player/stream-contract.ts";
import { type StuckWatch, stuckWatch } from "#components/player/stuck-watch.ts";

/** Tries before a network fault is shown: 1, 2, 4 and 8 seconds apart. */
const networkTries = 4;
/** Decoder faults this close together mean that recovering does not help. */
const mediaFaultWindowMs = 10_000;

const isCodecFault = (data: ErrorData) =>
  data.details === ErrorDetails.MANIFEST_INCOMPATIBLE_CODECS_ERROR ||
  data.details === ErrorDetails.BUFFER_ADD_CODEC_ERROR ||
  data.details === ErrorDetails.BUFFER_INCOMPATIBLE_CODECS_ERROR;

/** The browser takes no picture of this codec after all; to hls.js that is not fatal, and it waits for ever. */
const isRefusedPicture = (data: ErrorData) =>
  data.details === ErrorDetails.BUFFER_ADD_CODEC_ERROR && data.sourceBufferName !== "audio";

/** What another try cannot change: the playlist came, and is none. */
const isBroken = (data: ErrorData) =>
  data.details === ErrorDetails.MANIFEST_PARSING_ERROR || data.details === ErrorDetails.LEVEL_PARSING_ERROR;

const goneStatuses: readonly (number | undefined)[] = [403, 404, 410];

const isGone = (data: ErrorData) => goneStatuses.includes(data.response?.code);

/** What a fault would be called if nothing helped against it. */
const problemOf = (data: ErrorData): PlaybackProblem => {
  if (isCodecFault(data)) return "codec";
  if (isGone(data)) return "gone";
  return data.type === ErrorTypes.NETWORK_ERROR ? "network" : "media";
};

/** What tells of a fault at which rung it happened; nothing where the picture that plays could not be decoded. */
export type FaultAt = Partial<Pick<ErrorData, "frag" | "details">>;

/** What can be done about a fault. */
export type FaultRemedies = {
  /** Opens the playlist again, or goes on loading where it stood. */
  reload: () => void;
  /** Rebuilds the decoder's buffers at the playhead. */
  rebuild: () => void;
  /** Never loads the rung again at which a fault happened; false when no other is planned that may do. */
  avoid: (at: FaultAt) => boolean;
  /** Whether the fault is the original's own and another rung holds this very moment. */
  isReplaceable: (at: FaultAt) => boolean;
  /** Opens what plays for every client instead of what is planned; false when that is what is open. */
  fallBack: () => boolean;
} & StuckWatch;

/** What is not always fatal to hls.js, and may yet leave it without anything to show. */
const stuckAfter: readonly ErrorDetails[] = [
  ErrorDetails.BUFFER_ADD_CODEC_ERROR,
  ErrorDetails.BUFFER_APPEND_ERROR,
  ErrorDetails.BUFFER_APPENDING_ERROR,
  ErrorDetails.FRAG_PARSING_ERROR,
  ErrorDetails.FRAG_LOAD_ERROR,
  ErrorDetails.LEVEL_LOAD_ERROR,
  ErrorDetails.AUDIO_TRACK_LOAD_ERROR,
];

/** Reloads later and later, and gives up at last. */
const backOff = ({ reload, give }: Pick<FaultRemedies, "reload" | "give">) => {
  let tries = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = () => clearTimeout(timer);
  return {
    again: () => {
      if (tries >= networkTries) return give("network");
      stop();
      timer = setTimeout(reload, 1000 * 2 ** tries);
      tries += 1;
    },
    /** Something came: the next fault is a first one again. */
    rest: () => {
      tries = 0;
    },
    stop,
  };
};

/**
 * Answers fatal faults: network ones by trying again with back-off, decoder ones by rebuilding the buffers, and where that
 * does not help by going without the rung that this browser cannot decode, whatever it says of itself.
 */
export const faultAnswers = ({ give, ...others }: FaultRemedies) => {
  const remedies = {
    ...others,
    give: (problem: PlaybackProblem) => {
      const reason = problem === "media" && stuck.isRefused() ? "codec" : problem;
      stop();
      told.given = true;
      give(reason);
    },
  };
  const stuck = stuckWatch(remedies);
  const told = { given: false, troubled: false };
  const network = backOff(remedies);
  let lastMediaFaultMs = Number.NEGATIVE_INFINITY;
  const tryMedia = (at: FaultAt) => {
    const nowMs = performance.now();
    const again = nowMs - lastMediaFaultMs < mediaFaultWindowMs;
    lastMediaFaultMs = nowMs;
    // Nobody checked the original's packets, whereas all others were made here: it gets no second try where one of them is there.
    if ((again || remedies.isReplaceable(at)) && !remedies.avoid(at)) return remedies.give("media");
    remedies.rebuild();
  };
  /** The original may be withdrawn while it plays, as when its video gets a mark; the other rungs stay. */
  const isWithdrawn = (data: ErrorData) => isGone(data) && remedies.isReplaceable(data);
  const tryCodec = (data: ErrorData) => {
    if (!remedies.avoid(data)) return remedies.give("codec");
    remedies.rebuild();
  };
  const onError = (data: ErrorData) => {
    if (data.frag !== undefined && isWithdrawn(data) && remedies.avoid(data)) return remedies.reload();
    if (isRefusedPicture(data)) return tryCodec(data);
    if (!data.fatal) return;
    if (isCodecFault(data)) return tryCodec(data);
    if (isGone(data)) return remedies.fallBack() ? undefined : remedies.give("gone");
    if (isBroken(data)) return remedies.give("media");
    if (data.type === ErrorTypes.NETWORK_ERROR) return network.again();
    if (data.type === ErrorTypes.MEDIA_ERROR) return tryMedia(data);
    remedies.give("media");
  };
  const stop = () => {
    network.stop();
    stuck.stop();
  };
  return {
    onError: (data: ErrorData) => {
      if (told.given) return;
      if (data.type === ErrorTypes.NETWORK_ERROR) told.troubled = true;
      // What the network owes is asked for again and again, and given up by `network`.
      if (stuckAfter.includes(data.details) && problemOf(data) !== "network") stuck.onFault(problemOf(data));
      onError(data);
    },
    onLoaded: ({ frag }: FragLoadedData) => {
      network.rest();
      told.troubled = false;
      if (frag.type === "main" && frag.sn !== "initSegment" && !told.given) stuck.onPiece();
    },
    /** The element could not decode what plays: hls.js does not hear of it when everything is loaded already. */
    onDecodeFault: () => {
      if (!told.given) tryMedia({});
    },
    /** Whether the network's last answer was a fault. */
    isTroubled: () => told.troubled,
    stop,
  };
};
