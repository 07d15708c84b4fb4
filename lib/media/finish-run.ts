import { iframesOfRun } from "#lib/media/iframe-run.ts";
import { type JoinedRendition, joinParts, withoutEmptyTail } from "#lib/media/join-parts.ts";
import { measureBandwidth, targetDuration } from "#lib/media/measurements.ts";
import type { AudioPlan, Plan } from "#lib/media/plan.ts";
import { type AudioRendition, mediaPlaylist, multivariantPlaylist, type Variant } from "#lib/media/playlists.ts";
import { toNumber, toText } from "#lib/media/rational.ts";
import type { FinishResult, RenditionPart } from "#lib/media/rendition-parts.ts";
import { trackName } from "#lib/media/track-name.ts";

/** How stored things are called; this folder knows nothing of the storage. */
export type RunNames = {
  /** Prefix of everything the run wrote, with a trailing slash. */
  prefix: string;
  /** Relative to `prefix`. */
  multivariant: string;
  /** Full key. */
  poster: string;
  /** Media playlist of a rendition, relative to `prefix`. */
  playlist: (rendition: string) => string;
  /** Relative to the media playlist. */
  init: (rendition: string) => string;
  /** Relative to the media playlist. */
  segment: (index: number) => string;
};

type Measured = JoinedRendition & { bandwidth: { peak: number; average: number } };

const playlistType = "application/vnd.apple.mpegurl";

const joined = (parts: readonly RenditionPart[], rendition: string) =>
  joinParts(parts.filter((part) => part.rendition === rendition));

const measured = (rendition: JoinedRendition, targetSeconds: number): Measured => ({
  ...rendition,
  bandwidth: measureBandwidth({ segments: rendition.segments, targetSeconds }),
});

const toVariant = (plan: Plan, names: RunNames, rendition: Measured): Variant => ({
  uri: names.playlist(rendition.rendition),
  width: rendition.width ?? 0,
  height: rendition.height ?? 0,
  framesPerSecond: toNumber(plan.grid.frameRate),
  codecs: rendition.codecs,
  bandwidth: rendition.bandwidth,
});

const toAudioRendition = (names: RunNames, rendition: Measured, track: AudioPlan): AudioRendition => ({
  uri: names.playlist(rendition.rendition),
  name: trackName(track),
  language: track.language,
  isDefault: track.isDefault,
  channels: 2,
  codecs: rendition.codecs,
  bandwidth: rendition.bandwidth,
});

const toResultRendition = (
  plan: Plan,
  rendition: Measured,
  track: AudioPlan | null,
): FinishResult["renditions"][number] => ({
  kind: track === null ? "video" : "audio",
  name: rendition.rendition,
  width: rendition.width,
  height: rendition.height,
  frameRate: track === null ? toText(plan.grid.frameRate) : null,
  bandwidth: rendition.bandwidth.peak,
  averageBandwidth: rendition.bandwidth.average,
  codecs: rendition.codecs,
  language: track?.language ?? null,
  segmentCount: rendition.segments.length,
  sizeBytes: rendition.storedBytes,
});

const toAsset = (prefix: string, rendition: Measured): FinishResult["assets"][number] => ({
  kind: rendition.width === null ? "audio" : "rendition",
  key: `${prefix}${rendition.rendition}/`,
  sizeBytes: rendition.storedBytes,
  contentType: rendition.width === null ? "audio/mp4" : "video/mp4",
});

const playlistOf = (names: RunNames, rendition: Measured, targetSeconds: number) => ({
  name: names.playlist(rendition.rendition),
  text: mediaPlaylist({
    targetSeconds,
    initUri: names.init(rendition.rendition),
    segments: rendition.segments.map(({ seconds }, index) => ({ uri: names.segment(index), seconds })),
  }),
});

/**
 * Sums up a run from what its steps measured: the playlists to store (names relative to the run's prefix) and the facts
 * to write with the flip of the video's run. Pure. Throws `MediaFailure` when the chunks do not join.
 */
export const finishRun = (input: {
  plan: Plan;
  parts: readonly RenditionPart[];
  poster: { sizeBytes: number; dominantColor: string } | null;
  names: RunNames;
}): { playlists: { name: string; text: string }[]; result: FinishResult } => {
  const { plan, parts, poster, names } = input;
  const pictures = plan.rungs.map((rung) => joined(parts, rung.name));
  const sounds = plan.audio.map((track) => withoutEmptyTail(joined(parts, track.rendition)));
  const targetSeconds = targetDuration([...pictures, ...sounds].map(({ segments }) => segments));
  const video = pictures.map((rendition) => measured(rendition, targetSeconds));
  const audio = plan.audio.flatMap((track, index) => {
    const sound = sounds[index];
    return sound === undefined ? [] : [{ track, rendition: measured(sound, targetSeconds) }];
  });
  const everything = [...video, ...audio.map(({ rendition }) => rendition)];
  const iframes = iframesOfRun({ renditions: video, parts, targetSeconds, names });
  const multivariant = multivariantPlaylist({
    variants: video.map((rendition) => toVariant(plan, names, rendition)),
    audio: audio.map(({ track, rendition }) => toAudioRendition(names, rendition, track)),
    extraLines: iframes.lines,
  });
  const playlists = [
    ...everything.map((rendition) => playlistOf(names, rendition, targetSeconds)),
    ...iframes.playlists,
    { name: names.multivariant, text: multivariant },
  ];
  const textBytes = new TextEncoder().encode(playlists.map(({ text }) => text).join("")).byteLength;
  const result: FinishResult = {
    durationMs: Math.round(Math.max(...everything.map(({ endSeconds }) => endSeconds)) * 1000),
    width: plan.picture.width,
    height: plan.picture.height,
    frameRate: toNumber(plan.grid.frameRate),
    posterKey: poster === null ? null : names.poster,
    dominantColor: poster?.dominantColor ?? null,
    renditions: [
      ...video.map((rendition) => toResultRendition(plan, rendition, null)),
      ...audio.map(({ track, rendition }) => toResultRendition(plan, rendition, track)),
    ],
    assets: [
      ...everything.map((rendition) => toAsset(names.prefix, rendition)),
      ...(poster === null
        ? []
        : [{ kind: "poster" as const, key: names.poster, sizeBytes: poster.sizeBytes, contentType: "image/jpeg" }]),
      {
        kind: "playlists",
        key: `${names.prefix}${names.multivariant}`,
        sizeBytes: textBytes,
        contentType: playlistType,
      },
    ],
  };
  return { playlists, result };
};
