import type { Bandwidth } from "#lib/media/playlists/measurements.ts";

/** A media playlist's line of segments; addresses are relative to the playlist. */
export type PlaylistSegment = { uri: string; seconds: number };

/**
 * How a rendition's playlist goes on: `vod` is whole; `event` grows at its end; `event-ended` has grown to its end while
 * the rest of its run goes on, for a playlist's type may not change (RFC 8216 section 4.3.3.5).
 */
export type PlaylistGrowth = "vod" | "event" | "event-ended";

/** A rendition's playlist. All renditions of a run get the same target duration. */
export const mediaPlaylist = (input: {
  targetSeconds: number;
  initUri: string;
  segments: readonly PlaylistSegment[];
  growth?: PlaylistGrowth;
}): string => {
  const { growth = "vod" } = input;
  return [
    "#EXTM3U",
    "#EXT-X-VERSION:7",
    `#EXT-X-TARGETDURATION:${input.targetSeconds}`,
    "#EXT-X-MEDIA-SEQUENCE:0",
    `#EXT-X-PLAYLIST-TYPE:${growth === "vod" ? "VOD" : "EVENT"}`,
    "#EXT-X-INDEPENDENT-SEGMENTS",
    // Without it players begin at the end of a list that grows.
    ...(growth === "vod" ? [] : ["#EXT-X-START:TIME-OFFSET=0"]),
    `#EXT-X-MAP:URI="${input.initUri}"`,
    ...input.segments.flatMap((segment) => [`#EXTINF:${segment.seconds.toFixed(6)},`, segment.uri]),
    ...(growth === "event" ? [] : ["#EXT-X-ENDLIST"]),
    "",
  ].join("\n");
};

/** A video rendition as the multivariant playlist lists it; `bandwidth` is its own, without sound. */
export type Variant = {
  uri: string;
  width: number;
  height: number;
  framesPerSecond: number;
  codecs: string;
  bandwidth: Bandwidth;
  /** The sound that goes with it; `audio` unless told otherwise. */
  audioGroup?: AudioGroup;
};

/** `source`: for the source variant alone, whose own sound fits no other; `audio`: for all. */
export type AudioGroup = "audio" | "source";

/** An audio rendition of a group, `audio` unless told otherwise. */
export type AudioRendition = {
  group?: AudioGroup;
  uri: string;
  name: string;
  language: string | null;
  isDefault: boolean;
  channels: number;
  codecs: string;
  bandwidth: Bandwidth;
};

const groupOf = (track: AudioRendition): AudioGroup => track.group ?? "audio";

/** Quotes and line ends cannot stand in an attribute (RFC 8216 section 4.2). */
const quoted = (text: string) => `"${text.replace(/["\r\n]+/g, " ")}"`;

const audioLine = (track: AudioRendition): string => {
  const attributes = [
    "TYPE=AUDIO",
    `GROUP-ID=${quoted(groupOf(track))}`,
    `NAME=${quoted(track.name)}`,
    ...(track.language === null ? [] : [`LANGUAGE=${quoted(track.language)}`]),
    `DEFAULT=${track.isDefault ? "YES" : "NO"}`,
    "AUTOSELECT=YES",
    `CHANNELS=${quoted(String(track.channels))}`,
    `URI=${quoted(track.uri)}`,
  ];
  return `#EXT-X-MEDIA:${attributes.join(",")}`;
};

/** Names in a group must differ (RFC 8216 section 4.3.4.1.1). */
const withDistinctNames = (tracks: readonly AudioRendition[]): AudioRendition[] => {
  const taken = new Set<string>();
  return tracks.map((track) => {
    const inGroup = (name: string) => `${groupOf(track)} ${quoted(name)}`;
    let { name } = track;
    for (let next = 2; taken.has(inGroup(name)); next += 1) name = `${track.name} ${next}`;
    taken.add(inGroup(name));
    return { ...track, name };
  });
};

const variantLines = (input: { variant: Variant; audio: readonly AudioRendition[] }): string[] => {
  const { variant } = input;
  const group = variant.audioGroup ?? "audio";
  const audio = input.audio.filter((track) => groupOf(track) === group);
  const soundPeak = Math.max(0, ...audio.map((track) => track.bandwidth.peak));
  const soundAverage = Math.max(0, ...audio.map((track) => track.bandwidth.average));
  const codecs = [variant.codecs, ...new Set(audio.map((track) => track.codecs))];
  const attributes = [
    `BANDWIDTH=${variant.bandwidth.peak + soundPeak}`,
    `AVERAGE-BANDWIDTH=${variant.bandwidth.average + soundAverage}`,
    `CODECS=${quoted(codecs.join(","))}`,
    `RESOLUTION=${variant.width}x${variant.height}`,
    `FRAME-RATE=${variant.framesPerSecond.toFixed(3)}`,
    ...(audio.length === 0 ? [] : [`AUDIO=${quoted(group)}`]),
  ];
  return [`#EXT-X-STREAM-INF:${attributes.join(",")}`, variant.uri];
};

/** Many players begin with the first variant: a middle one starts fast and does not look poor. */
const middleFirst = (variants: readonly Variant[]): Variant[] => {
  const ordered = variants.toSorted((a, b) => a.bandwidth.peak - b.bandwidth.peak);
  const middle = ordered[Math.floor((ordered.length - 1) / 2)];
  return middle === undefined ? [] : [middle, ...ordered.filter((variant) => variant !== middle)];
};

/**
 * The playlist that lists every rung and audio track. `variants` are there to be played; `later` ones are on their way
 * and come after them, in the playlist that only our own player reads. `extraLines` are whole tags of other kinds, such as
 * subtitle renditions and I-frame playlists.
 */
export const multivariantPlaylist = (input: {
  variants: readonly Variant[];
  later?: readonly Variant[];
  audio: readonly AudioRendition[];
  extraLines?: readonly string[];
}): string => {
  const audio = withDistinctNames(input.audio);
  return [
    "#EXTM3U",
    "#EXT-X-VERSION:7",
    "#EXT-X-INDEPENDENT-SEGMENTS",
    ...audio.map(audioLine),
    ...[...middleFirst(input.variants), ...(input.later ?? [])].flatMap((variant) => variantLines({ variant, audio })),
    ...(input.extraLines ?? []),
    "",
  ].join("\n");
};
