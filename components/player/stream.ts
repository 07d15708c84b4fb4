import Hls, { type ErrorData, ErrorDetails, ErrorTypes, Events, type HlsConfig, type Level } from "hls.js";

/** A quality one may choose: hls.js' level and its name by the short side. */
export type Quality = { level: number; name: string };

/**
 * Why nothing plays. `gone`: the stream answers 403 or 404 (a signed address may have expired). `codec`: this browser
 * cannot decode it. `unsupported`: no way to play HLS at all. `network` and `media`: what was left after all tries.
 */
export type PlaybackProblem = "gone" | "codec" | "unsupported" | "network" | "media";

/** What a stream tells while it lives. */
export type StreamEvents = {
  onQualities: (qualities: readonly Quality[]) => void;
  /** Name of the quality that plays now. */
  onPlaying: (name: string) => void;
  onProblem: (problem: PlaybackProblem) => void;
};

/** A stream on a video element. */
export type Stream = {
  /** A level, or null to let bandwidth decide. */
  choose: (level: number | null) => void;
  close: () => void;
};

/** Tries before a network fault is shown: 1, 2, 4 and 8 seconds apart. */
const networkTries = 4;
/** Decoder faults this close together mean that recovering does not help. */
const mediaFaultWindowMs = 10_000;

const config: Partial<HlsConfig> = {
  // CMAF segments are not transmuxed, only parsed; a worker would cost more script than it saves.
  enableWorker: false,
  // Until it plays, little is fetched: many people only read the description.
  maxBufferLength: 8,
  backBufferLength: 60,
  capLevelToPlayerSize: true,
};

/** Seconds to hold in advance once it plays. */
const playingBufferSeconds = 30;

const shortSide = (level: Level) => `${Math.min(level.width, level.height)}p`;

/** Best first, each name once: of two rungs with the same short side the richer one stays. */
const qualitiesOf = (levels: readonly Level[]): Quality[] => {
  const sorted = levels
    .map((level, index) => ({
      level: index,
      name: shortSide(level),
      rank: Math.min(level.width, level.height),
      bitrate: level.bitrate,
    }))
    .filter(({ rank }) => rank > 0)
    .sort((a, b) => b.rank - a.rank || b.bitrate - a.bitrate);
  return sorted
    .filter(({ name }, position) => sorted.findIndex((other) => other.name === name) === position)
    .map(({ level, name }) => ({ level, name }));
};

const isCodecFault = (data: ErrorData) =>
  data.details === ErrorDetails.MANIFEST_INCOMPATIBLE_CODECS_ERROR ||
  data.details === ErrorDetails.BUFFER_ADD_CODEC_ERROR;

/** What another try cannot change: the playlist came, and is none. */
const isBroken = (data: ErrorData) =>
  data.details === ErrorDetails.MANIFEST_PARSING_ERROR || data.details === ErrorDetails.LEVEL_PARSING_ERROR;

const isGone = (data: ErrorData) => data.response?.code === 403 || data.response?.code === 404;

/** Answers fatal faults: network ones by trying again with back-off, decoder ones by rebuilding the buffers. */
const recovery = ({ hls, url, onProblem }: { hls: Hls; url: string; onProblem: StreamEvents["onProblem"] }) => {
  let networkFaults = 0;
  let lastMediaFaultMs = Number.NEGATIVE_INFINITY;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const give = (problem: PlaybackProblem) => {
    hls.stopLoad();
    onProblem(problem);
  };
  const tryNetwork = () => {
    if (networkFaults >= networkTries) return give("network");
    clearTimeout(timer);
    timer = setTimeout(
      () => (hls.levels.length === 0 ? hls.loadSource(url) : hls.startLoad()),
      1000 * 2 ** networkFaults,
    );
    networkFaults += 1;
  };
  const tryMedia = () => {
    const nowMs = performance.now();
    if (nowMs - lastMediaFaultMs < mediaFaultWindowMs) return give("media");
    lastMediaFaultMs = nowMs;
    hls.recoverMediaError();
  };
  const onError = (data: ErrorData) => {
    if (!data.fatal) return;
    if (isCodecFault(data)) return give("codec");
    if (isGone(data)) return give("gone");
    if (isBroken(data)) return give("media");
    if (data.type === ErrorTypes.NETWORK_ERROR) return tryNetwork();
    if (data.type === ErrorTypes.MEDIA_ERROR) return tryMedia();
    give("media");
  };
  const onLoaded = () => {
    networkFaults = 0;
  };
  return { onError, onLoaded, stop: () => clearTimeout(timer) };
};

const openWithHls = (video: HTMLVideoElement, url: string, events: StreamEvents): Stream => {
  const hls = new Hls(config);
  const faults = recovery({ hls, url, onProblem: events.onProblem });
  const onPlay = () => {
    hls.config.maxBufferLength = playingBufferSeconds;
  };
  hls.on(Events.MANIFEST_PARSED, () => events.onQualities(qualitiesOf(hls.levels)));
  hls.on(Events.LEVEL_SWITCHED, (_event, { level }) => {
    const playing = hls.levels[level];
    if (playing !== undefined) events.onPlaying(shortSide(playing));
  });
  hls.on(Events.FRAG_LOADED, faults.onLoaded);
  hls.on(Events.ERROR, (_event, data) => faults.onError(data));
  video.addEventListener("play", onPlay);
  hls.loadSource(url);
  hls.attachMedia(video);
  return {
    choose: (level) => {
      // A chosen quality holds whatever the size of the window.
      hls.config.capLevelToPlayerSize = level === null;
      hls.nextLevel = level ?? -1;
    },
    close: () => {
      faults.stop();
      video.removeEventListener("play", onPlay);
      hls.destroy();
    },
  };
};

/** iPhones play HLS themselves and choose the quality alone. */
const openNatively = (video: HTMLVideoElement, url: string, events: StreamEvents): Stream => {
  const onError = () => {
    const code = video.error?.code;
    if (code === MediaError.MEDIA_ERR_NETWORK) return events.onProblem("network");
    events.onProblem(code === MediaError.MEDIA_ERR_SRC_NOT_SUPPORTED ? "gone" : "media");
  };
  video.addEventListener("error", onError);
  video.src = url;
  events.onQualities([]);
  return {
    choose: () => undefined,
    close: () => {
      video.removeEventListener("error", onError);
      video.removeAttribute("src");
      video.load();
    },
  };
};

/** Plays the multivariant playlist at `url` on `video` with whatever this browser has. */
export const openStream = ({
  video,
  url,
  events,
}: {
  video: HTMLVideoElement;
  url: string;
  events: StreamEvents;
}): Stream => {
  if (Hls.isSupported()) return openWithHls(video, url, events);
  if (video.canPlayType("application/vnd.apple.mpegurl") !== "") return openNatively(video, url, events);
  events.onProblem("unsupported");
  return { choose: () => undefined, close: () => undefined };
};
