import { soundChannels } from "#lib/media/encode/sound-channels.ts";
import { trackName } from "#lib/media/encode/track-name.ts";
import { type JoinedRendition, joinParts, withoutEmptyTail } from "#lib/media/fragment/join-parts.ts";
import type { AudioPlan, Plan } from "#lib/media/plan/plan.ts";
import { plannedTargetSeconds } from "#lib/media/plan/planned-target.ts";
import { iframesOfRun } from "#lib/media/playlists/iframe-run.ts";
import { findSourceTrack } from "#lib/media/playlists/live-renditions.ts";
import { groupTracks, sourceAudioGroup } from "#lib/media/playlists/live-variants.ts";
import { type Bandwidth, measureBandwidth, targetDuration } from "#lib/media/playlists/measurements.ts";
import {
  type AudioGroup,
  type AudioRendition,
  mediaPlaylist,
  multivariantPlaylist,
  type Variant,
} from "#lib/media/playlists/playlists.ts";
import {
  type FinishResult,
  posterAssets,
  type RenditionPart,
  type StoredPoster,
  widthsOf,
} from "#lib/media/playlists/rendition-parts.ts";
import { toNumber, toText } from "#lib/media/rational.ts";

/** How stored things are called; this folder knows nothing of the storage. */
export type RunNames = {
  /** Prefix of everything the run wrote, with a trailing slash. */
  prefix: string;
  /** Relative to `prefix`. */
  multivariant: string;
  /** Full key. */
  poster: string;
  /** Full key of the poster's small copy of that width. */
  thumbnail: (width: number) => string;
  /** Media playlist of a rendition, relative to `prefix`. */
  playlist: (rendition: string) => string;
  /** Relative to the media playlist. */
  init: (rendition: string) => string;
  /** Relative to the media playlist. */
  segment: (index: number) => string;
};

type Measured = JoinedRendition & { bandwidth: Bandwidth };

/** A sound of a finished run. */
type Sound = { rendition: string; track: AudioPlan; group: AudioGroup };

const playlistType = "application/vnd.apple.mpegurl";

const joined = (parts: readonly RenditionPart[], rendition: string) =>
  joinParts(parts.filter((part) => part.rendition === rendition));

/** What was declared of the source before anything was stored stays true; the rest is measured. */
const measured = (plan: Plan, rendition: JoinedRendition, targetSeconds: number): Measured => ({
  ...rendition,
  bandwidth:
    findSourceTrack(plan, rendition.rendition)?.bandwidth ??
    measureBandwidth({ segments: rendition.segments, targetSeconds }),
});

const picturesOf = (plan: Plan): { rendition: string; group: AudioGroup }[] => [
  ...plan.rungs.map(({ name }) => ({ rendition: name, group: "audio" as const })),
  ...(plan.source?.keep === true ? [{ rendition: plan.source.video.rendition, group: sourceAudioGroup(plan) }] : []),
];

const soundsOf = (plan: Plan): Sound[] =>
  [...new Set(picturesOf(plan).map(({ group }) => group))].flatMap((group) =>
    groupTracks(plan, group).map((sound) => ({ ...sound, group })),
  );

/** Names of all renditions that a finished run offers; a source that is not kept is not among them. */
export const finishedRenditions = (plan: Plan): string[] => [
  ...new Set([...picturesOf(plan), ...soundsOf(plan)].map(({ rendition }) => rendition)),
];

const toVariant = (input: { plan: Plan; names: RunNames; rendition: Measured; group: AudioGroup }): Variant => ({
  uri: input.names.playlist(input.rendition.rendition),
  width: input.rendition.width ?? 0,
  height: input.rendition.height ?? 0,
  framesPerSecond: toNumber(input.plan.grid.frameRate),
  codecs: input.rendition.codecs,
  bandwidth: input.rendition.bandwidth,
  audioGroup: input.group,
});

const toAudioRendition = (names: RunNames, rendition: Measured, { track, group }: Sound): AudioRendition => ({
  group,
  uri: names.playlist(rendition.rendition),
  name: trackName(track),
  language: track.language,
  isDefault: track.isDefault,
  channels: soundChannels(track),
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

type Everything = { video: Measured[]; audio: Measured[]; targetSeconds: number };

const measureAll = (plan: Plan, parts: readonly RenditionPart[]): Everything => {
  const pictures = picturesOf(plan).map(({ rendition }) => joined(parts, rendition));
  const names = new Set(soundsOf(plan).map(({ rendition }) => rendition));
  const sounds = [...names].map((rendition) => withoutEmptyTail(joined(parts, rendition)));
  const longest = targetDuration([...pictures, ...sounds].map(({ segments }) => segments));
  // As it was told while the run went on, unless the file turned out to be other than planned.
  const targetSeconds = Math.max(plannedTargetSeconds(plan), longest);
  return {
    video: pictures.map((rendition) => measured(plan, rendition, targetSeconds)),
    audio: sounds.map((rendition) => measured(plan, rendition, targetSeconds)),
    targetSeconds,
  };
};

const playlistsOf = (input: { plan: Plan; parts: readonly RenditionPart[]; names: RunNames; all: Everything }) => {
  const { plan, parts, names, all } = input;
  const { video, audio, targetSeconds } = all;
  const iframes = iframesOfRun({ renditions: video, parts, targetSeconds, names });
  const find = (list: readonly Measured[], name: string) => list.filter(({ rendition }) => rendition === name);
  const multivariant = multivariantPlaylist({
    variants: picturesOf(plan).flatMap(({ rendition: name, group }) =>
      find(video, name).map((rendition) => toVariant({ plan, names, rendition, group })),
    ),
    audio: soundsOf(plan).flatMap((sound) =>
      find(audio, sound.rendition).map((rendition) => toAudioRendition(names, rendition, sound)),
    ),
    extraLines: iframes.lines,
  });
  return [
    ...[...video, ...audio].map((rendition) => playlistOf(names, rendition, targetSeconds)),
    ...iframes.playlists,
    { name: names.multivariant, text: multivariant },
  ];
};

/**
 * Sums up a run from what its steps measured: the playlists to store (names relative to the run's prefix) and the facts
 * to write with the flip of the video's run. Pure. Throws `MediaFailure` when the chunks do not join.
 */
export const finishRun = (input: {
  plan: Plan;
  parts: readonly RenditionPart[];
  poster: StoredPoster | null;
  names: RunNames;
}): { playlists: { name: string; text: string }[]; result: FinishResult } => {
  const { plan, parts, poster, names } = input;
  const all = measureAll(plan, parts);
  const everything = [...all.video, ...all.audio];
  const playlists = playlistsOf({ plan, parts, names, all });
  const textBytes = new TextEncoder().encode(playlists.map(({ text }) => text).join("")).byteLength;
  const trackOf = (name: string) => soundsOf(plan).find(({ rendition }) => rendition === name)?.track ?? null;
  const assetOf = { kind: "playlists" as const, key: `${names.prefix}${names.multivariant}`, sizeBytes: textBytes };
  const result: FinishResult = {
    durationMs: Math.round(Math.max(...everything.map(({ endSeconds }) => endSeconds)) * 1000),
    width: plan.picture.width,
    height: plan.picture.height,
    frameRate: toNumber(plan.grid.frameRate),
    posterKey: poster === null ? null : names.poster,
    posterWidths: poster === null ? [] : widthsOf(poster),
    dominantColor: poster?.dominantColor ?? null,
    renditions: everything.map((rendition) => toResultRendition(plan, rendition, trackOf(rendition.rendition))),
    assets: [
      ...everything.map((rendition) => toAsset(names.prefix, rendition)),
      ...(poster === null ? [] : posterAssets(poster, names)),
      { ...assetOf, contentType: playlistType },
    ],
  };
  return { playlists, result };
};
