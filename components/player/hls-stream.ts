import Hls, { ErrorDetails, Events, type HlsConfig, type MediaAttachingData } from "hls.js";
import { qualitiesOf, rungOf, soundId } from "#components/player/hls-levels.ts";
import { farthest, offered, type Rung } from "#components/player/ladder.ts";
import { type LadderChoice, ladderController } from "#components/player/ladder-controller.ts";
import type { OpenStream, Stream, StreamFacts, StreamState, StreamWait } from "#components/player/stream-contract.ts";
import { type FaultAt, faultAnswers } from "#components/player/stream-faults.ts";

/** Seconds to hold in advance until it plays: many people only read the description. */
const idleBufferSeconds = 8;
/** Seconds to hold in advance once it plays, at least and, of what has few bits (60 MB are the other end), at most. */
const playingBufferSeconds = { maxBufferLength: 30, maxMaxBufferLength: 120 };
/** How near to the end of what is there the playhead counts as waiting for more. */
const edgeSeconds = 1.5;
/** Where a seek beyond what is there lands before its end. */
const seekMarginSeconds = 3;

/** hls.js tries a segment this often before the fault is ours to answer. */
const errorRetry = { maxNumRetry: 2, retryDelayMs: 500, maxRetryDelayMs: 1_000 };

const config: Partial<HlsConfig> = {
  // CMAF segments are not transmuxed, only parsed; a worker would cost more script than it saves.
  enableWorker: false,
  maxBufferLength: idleBufferSeconds,
  // Without it hls.js takes 60 MB or ten minutes of a video that nobody has started.
  maxMaxBufferLength: idleBufferSeconds,
  backBufferLength: 60,
  capLevelToPlayerSize: true,
  lowLatencyMode: false,
  fragLoadPolicy: { default: { ...Hls.DefaultConfig.fragLoadPolicy.default, errorRetry } },
  // Loading begins when a rung is there that may be loaded, and never with a test of the lowest.
  autoStartLoad: false,
  testBandwidth: false,
  // Playlists that still grow are no live streams: nobody is to be moved to their end.
  latencyController: undefined,
  // Captions come from the video itself, so that those added later are there too.
  subtitleTrackController: undefined,
  subtitleStreamController: undefined,
  timelineController: undefined,
};

type MediaOverrides = NonNullable<MediaAttachingData["overrides"]>;

/** Holds what one stream knows and decides by. */
class HlsStream {
  readonly #input: OpenStream;
  readonly #hls: Hls;
  readonly #choice: LadderChoice;
  readonly #faults: ReturnType<typeof faultAnswers>;
  readonly #listening = new AbortController();
  readonly #overrides: MediaOverrides;
  readonly #avoided = new Set<string>();
  #state: StreamState;
  #planned: boolean;
  #started = false;
  /** Whether it plays, or would but for a fault. */
  #plays = false;
  /** Where loading begins, in seconds: where it was asked for, or where a fault interrupted it. */
  #begin: number;
  #offered = new Set<string>();
  #shown = "";

  constructor(input: OpenStream) {
    this.#input = input;
    this.#planned = input.plannedUrl !== null;
    this.#state = input.state;
    this.#begin = input.startSeconds;
    this.#choice = { ladder: ladderOf(input.state), rungs: [], chosen: null };
    this.#hls = new Hls({
      ...config,
      xhrSetup: (xhr, url) => xhr.open("GET", input.addressNow(url), true),
      abrController: ladderController(this.#choice),
    });
    this.#overrides = wholeDuration(this.#hls, this.#choice);
    // hls.js rebuilds buffers after some faults itself, and would forget the duration.
    this.#hls.recoverMediaError = () => this.#rebuild();
    this.#faults = faultAnswers({
      reload: () => (this.#hls.levels.length === 0 ? this.#load() : this.#hls.startLoad()),
      rebuild: () => this.#rebuild(),
      avoid: (at) => this.#avoid(at),
      isReplaceable: (at) => this.#isReplaceable(at),
      fallBack: () => this.#fallBack(),
      give: (problem) => {
        this.#hls.stopLoad();
        input.events.onProblem(problem);
      },
      isWell: () => this.#wait() !== null || this.#hasPicture(),
    });
    this.#listen();
    this.#load();
    this.#attach();
  }

  #load() {
    const { url, plannedUrl } = this.#input;
    this.#hls.loadSource(this.#planned && plannedUrl !== null ? plannedUrl : url);
  }

  #attach() {
    this.#hls.attachMedia({ media: this.#input.video, overrides: this.#overrides });
  }

  #listen() {
    const { video, events } = this.#input;
    const hls = this.#hls;
    const { signal } = this.#listening;
    hls.on(Events.MANIFEST_PARSED, () => this.#onLevels());
    hls.on(Events.LEVEL_SWITCHED, (_event, { level }) => {
      const rung = this.#choice.rungs[level];
      if (rung !== undefined) events.onPlaying({ quality: rung.quality, rung: rung.name });
    });
    hls.on(Events.AUDIO_TRACKS_UPDATED, () => this.#tellSound());
    hls.on(Events.AUDIO_TRACK_SWITCHED, () => this.#tellSound());
    hls.on(Events.FRAG_LOADED, (_event, data) => this.#faults.onLoaded(data));
    hls.on(Events.ERROR, (_event, data) => {
      this.#faults.onError(data);
      this.#tell();
    });
    video.addEventListener("play", () => Object.assign(hls.config, playingBufferSeconds), {
      signal,
    });
    video.addEventListener("seeking", () => this.#keepWithin(), { signal });
    video.addEventListener("error", () => this.#onElementError(), { signal });
    video.addEventListener("play", () => this.#notePlay(true), { signal });
    video.addEventListener("pause", () => this.#notePlay(false), { signal });
    for (const change of ["timeupdate", "waiting", "playing", "seeked"]) {
      video.addEventListener(change, () => this.#tell(), { signal });
    }
  }

  #onElementError() {
    if (this.#input.video.error?.code === MediaError.MEDIA_ERR_DECODE) this.#faults.onDecodeFault();
    this.#tell();
  }

  /** A fault pauses the element, but nobody asked for that. */
  #notePlay(plays: boolean) {
    if (plays || this.#input.video.error === null) this.#plays = plays;
  }

  /** Every planned rung when the ladder is known, else those of a finished run, which are complete. */
  #onLevels() {
    const { levels } = this.#hls;
    const rungs = levels.map(rungOf);
    this.#choice.rungs = rungs;
    if (!this.#planned) this.#choice.ladder = allOf(rungs, this.#choice.ladder.durationSeconds);
    this.#proceed();
  }

  #names() {
    return this.#choice.rungs.map(({ name }) => name).filter((name) => !this.#avoided.has(name));
  }

  #reach() {
    return farthest(this.#choice.ladder, this.#names());
  }

  /** Starts loading once there is something to load, and tells what has changed. */
  #proceed() {
    if (!this.#started && this.#choice.rungs.length > 0 && this.#reach() > 0 && !this.#isAhead()) {
      this.#started = true;
      const reach = this.#reach();
      const last = Number.isFinite(reach) ? reach - seekMarginSeconds : this.#lastStart();
      this.#hls.startLoad(Math.max(0, Math.min(this.#begin, last)));
    }
    this.#tell();
  }

  /** A fault came where no other rung is yet: who has seen all before waits for more instead of seeing it again. */
  #isAhead() {
    return this.#avoided.size > 0 && this.#begin > this.#reach() - seekMarginSeconds;
  }

  #lastStart() {
    const { durationSeconds } = this.#choice.ladder;
    return durationSeconds === null ? Number.POSITIVE_INFINITY : durationSeconds - 0.5;
  }

  /** Nobody seeks to where nothing is yet: the playhead lands a little before the end of what is there. */
  #keepWithin() {
    const { video } = this.#input;
    const reach = this.#reach();
    if (this.#started && Number.isFinite(reach) && video.currentTime > reach - seekMarginSeconds / 2) {
      video.currentTime = Math.max(0, reach - seekMarginSeconds);
      this.#input.events.onHeld();
    }
  }

  /** At its end a video has no future. */
  #hasPicture() {
    const { video } = this.#input;
    return video.ended || video.readyState >= HTMLMediaElement.HAVE_FUTURE_DATA;
  }

  #stalled() {
    const { video } = this.#input;
    return this.#started && !video.paused && video.readyState < HTMLMediaElement.HAVE_FUTURE_DATA;
  }

  /** Seconds that the playlist in use lists; Infinity when it is complete or not there yet. */
  #listedTo() {
    const details = this.#hls.loadLevelObj?.details;
    return details?.live === true ? details.edge : Number.POSITIVE_INFINITY;
  }

  #wait(): StreamWait | null {
    const { video } = this.#input;
    if (this.#choice.rungs.length === 0) return null;
    const reach = this.#reach();
    if (reach === 0) {
      const { rungs } = this.#state;
      // Something plays, but none of what this browser can decode.
      return rungs.some(({ availableMs }) => availableMs === null || availableMs > 0) ? "codec" : "start";
    }
    if (!this.#started) return "edge";
    if (!this.#stalled()) return null;
    if (this.#faults.isTroubled()) return "network";
    return video.currentTime > Math.min(reach, this.#listedTo()) - edgeSeconds ? "edge" : null;
  }

  #tell() {
    const { events, video } = this.#input;
    const { ladder, rungs } = this.#choice;
    const names = offered({ ladder, names: this.#names(), playhead: video.currentTime, before: this.#offered });
    this.#offered = new Set(names);
    const reach = this.#reach();
    const qualities = qualitiesOf(rungs.filter(({ name }) => this.#offered.has(name)));
    const wait = this.#wait();
    const told = JSON.stringify([qualities, reach, wait]);
    if (told === this.#shown) return;
    this.#shown = told;
    events.onQualities(qualities);
    events.onReach(Number.isFinite(reach) ? reach : null);
    events.onWait(wait);
  }

  #tellSound() {
    const tracks = this.#hls.audioTracks.map((track) => ({
      id: soundId(track),
      name: track.name,
      language: track.lang ?? null,
    }));
    const playing = this.#hls.audioTracks[this.#hls.audioTrack];
    this.#input.events.onSound({ tracks, chosen: playing === undefined ? null : soundId(playing) });
  }

  #rebuild() {
    const { video } = this.#input;
    // A second fault may come before the first is mended, when the playhead stands at 0.
    if (this.#started && video.currentTime > 0) this.#begin = video.currentTime;
    const plays = this.#plays;
    this.#hls.detachMedia();
    this.#attach();
    // New buffers pause the element; it goes on as soon as there is something to show, unless the browser wants a gesture.
    const goOn = () => void video.play().catch(() => undefined);
    if (plays) video.addEventListener("canplay", goOn, { once: true, signal: this.#listening.signal });
    this.#started = false;
    this.#proceed();
  }

  /** The rung at which a fault happened: that of the segment, else the one that plays, else the one that loads. */
  #failed({ frag, details }: FaultAt) {
    const { rungs } = this.#choice;
    const { currentLevel, loadLevel } = this.#hls;
    if (frag?.type === "main") return rungs[frag.level];
    const isPlaying = details !== ErrorDetails.BUFFER_ADD_CODEC_ERROR && currentLevel >= 0;
    return rungs[isPlaying ? currentLevel : loadLevel];
  }

  #isReplaceable(at: FaultAt) {
    const name = this.#failed(at)?.name;
    const others = this.#names().filter((other) => other !== name);
    return name === "source" && farthest(this.#choice.ladder, others) > this.#input.video.currentTime + 1;
  }

  #avoid(at: FaultAt) {
    const failed = this.#failed(at);
    // One fault may be told twice: by the element and by its buffers.
    if (failed !== undefined && this.#avoided.has(failed.name)) return true;
    if (failed === undefined || this.#names().length < 2) return false;
    this.#avoided.add(failed.name);
    this.#choice.ladder = without(this.#choice.ladder, this.#avoided);
    return true;
  }

  /** The list of planned rungs goes away when the run has ended; what is published has taken its place. */
  #fallBack() {
    if (!this.#planned || this.#hls.levels.length > 0) return false;
    this.#planned = false;
    this.#load();
    return true;
  }

  choose(quality: string | null) {
    this.#choice.chosen = quality;
    // hls.js stays on automatic and asks the ladder; what is loaded ahead in another quality is loaded anew.
    this.#hls.nextLevel = -1;
  }

  chooseSound(id: string) {
    const track = this.#hls.audioTracks.find((candidate) => soundId(candidate) === id);
    if (track === undefined) return;
    this.#hls.setAudioOption({ name: track.name, ...(track.lang === undefined ? {} : { lang: track.lang }) });
  }

  update(state: StreamState) {
    if (!this.#planned) return;
    this.#state = withKept(this.#state, state);
    this.#choice.ladder = without(ladderOf(this.#state), this.#avoided);
    // Who waits for more does not wait for the next regular look at the playlist.
    const more = this.#reach() > this.#listedTo() + edgeSeconds;
    if (this.#started && more && this.#wait() === "edge") this.#hls.startLoad(this.#input.video.currentTime, true);
    this.#proceed();
  }

  facts(): StreamFacts {
    const { levels, currentLevel, bandwidthEstimate } = this.#hls;
    const level = levels[currentLevel];
    return {
      bandwidth: Number.isFinite(bandwidthEstimate) ? bandwidthEstimate : null,
      bitrate: level?.bitrate ?? null,
      codecs: level?.attrs.CODECS ?? null,
    };
  }

  close() {
    this.#faults.stop();
    this.#listening.abort();
    this.#hls.destroy();
  }
}

/**
 * The duration of the whole video for hls.js, which reads it each time it sets one: a playlist that grows does not tell it.
 * It must never be shorter than what is loaded, so complete playlists have their say; a twentieth of a second covers rounding.
 */
const wholeDuration = (hls: Hls, choice: LadderChoice): MediaOverrides => ({
  get duration() {
    const { durationSeconds } = choice.ladder;
    const ends = hls.levels.flatMap(({ details }) => (details === undefined ? [] : [details.edge]));
    const known = durationSeconds === null ? 0 : durationSeconds + 0.05;
    const complete = hls.levels.some(({ details }) => details?.live === false);
    return complete || durationSeconds === null ? Math.max(0, ...ends) : Math.max(known, ...ends);
  },
});

const ladderOf = ({ rungs, durationSeconds }: StreamState) => ({ states: rungs, durationSeconds });

/**
 * What is known now, and what was complete before: when a run has ended, encoded rungs take the original's place, but whoever
 * began with it plays it to the end.
 */
const withKept = (before: StreamState, now: StreamState): StreamState => {
  const names = new Set(now.rungs.map(({ name }) => name));
  const kept = before.rungs.filter(({ name, availableMs }) => availableMs === null && !names.has(name));
  return { ...now, rungs: [...now.rungs, ...kept] };
};

const allOf = (rungs: readonly Rung[], durationSeconds: number | null) => ({
  states: rungs.map(({ name }) => ({ name, availableMs: null })),
  durationSeconds,
});

const without = (ladder: LadderChoice["ladder"], avoided: ReadonlySet<string>) => ({
  ...ladder,
  states: ladder.states.filter(({ name }) => !avoided.has(name)),
});

/** Whether this browser has what that takes. */
export const isHlsSupported = (): boolean => Hls.isSupported();

/** Plays through Media Source Extensions, with a ladder that may still grow. */
export const openWithHls = (input: OpenStream): Stream => {
  const stream = new HlsStream(input);
  return {
    choose: (quality) => stream.choose(quality),
    chooseSound: (id) => stream.chooseSound(id),
    update: (state) => stream.update(state),
    facts: () => stream.facts(),
    close: () => stream.close(),
  };
};
