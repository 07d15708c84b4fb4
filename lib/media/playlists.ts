import type { Bandwidth } from "#lib/media/measurements.ts";

/** A media playlist's line of segments; addresses are relative to the playlist. */
export type PlaylistSegment = { uri: string; seconds: number };

/** A finished rendition's playlist. All renditions of a run get the same target duration. */
export const mediaPlaylist = (input: {
  targetSeconds: number;
  initUri: string;
  segments: readonly PlaylistSegment[];
}): string =>
  [
    "#EXTM3U",
    "#EXT-X-VERSION:7",
    `#EXT-X-TARGETDURATION:${input.targetSeconds}`,
    "#EXT-X-MEDIA-SEQUENCE:0",
    "#EXT-X-PLAYLIST-TYPE:VOD",
    "#EXT-X-INDEPENDENT-SEGMENTS",
    `#EXT-X-MAP:URI="${input.initUri}"`,
    ...input.segments.flatMap((segment) => [`#EXTINF:${segment.seconds.toFixed(6)},`, segment.uri]),
    "#EXT-X-ENDLIST",
    "",
  ].join("\n");

/** A video rendition as the multivariant playlist lists it; `bandwidth` is its own, without sound. */
export type Variant = {
  uri: string;
  width: number;
  height: number;
  framesPerSecond: number;
  codecs: string;
  bandwidth: Bandwidth;
};

/** An audio rendition of the one audio group. */
export type AudioRendition = {
  uri: string;
  name: string;
  language: string | null;
  isDefault: boolean;
  channels: number;
  codecs: string;
  bandwidth: Bandwidth;
};

const groupId = "audio";

/** Quotes and line ends cannot stand in an attribute (RFC 8216 section 4.2). */
const quoted = (text: string) => `"${text.replace(/["\r\n]+/g, " ")}"`;

const audioLine = (track: AudioRendition): string => {
  const attributes = [
    "TYPE=AUDIO",
    `GROUP-ID=${quoted(groupId)}`,
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
const withDistinctNames = (tracks: readonly AudioRendition[]): AudioRendition[] =>
  tracks.map((track, index) => {
    const earlier = tracks.slice(0, index).filter((other) => other.name === track.name).length;
    return earlier === 0 ? track : { ...track, name: `${track.name} ${earlier + 1}` };
  });

const variantLines = (input: { variant: Variant; audio: readonly AudioRendition[] }): string[] => {
  const { variant, audio } = input;
  const soundPeak = Math.max(0, ...audio.map((track) => track.bandwidth.peak));
  const soundAverage = Math.max(0, ...audio.map((track) => track.bandwidth.average));
  const codecs = [variant.codecs, ...new Set(audio.map((track) => track.codecs))];
  const attributes = [
    `BANDWIDTH=${variant.bandwidth.peak + soundPeak}`,
    `AVERAGE-BANDWIDTH=${variant.bandwidth.average + soundAverage}`,
    `CODECS=${quoted(codecs.join(","))}`,
    `RESOLUTION=${variant.width}x${variant.height}`,
    `FRAME-RATE=${variant.framesPerSecond.toFixed(3)}`,
    ...(audio.length === 0 ? [] : [`AUDIO=${quoted(groupId)}`]),
  ];
  return [`#EXT-X-STREAM-INF:${attributes.join(",")}`, variant.uri];
};

/** Many players begin with the first variant: a middle one starts fast and does not look poor. */
const middleFirst = (variants: readonly Variant[]): Variant[] => {
  const ordered = variants.toSorted((a, b) => a.bandwidth.peak - b.bandwidth.peak);
  const middle = ordered[Math.floor((ordered.length - 1) / 2)];
  return middle === undefined ? [] : [middle, ...ordered.filter((variant) => variant !== middle)];
};

/** The playlist that lists every rung and audio track. */
export const multivariantPlaylist = (input: {
  variants: readonly Variant[];
  audio: readonly AudioRendition[];
}): string => {
  const audio = withDistinctNames(input.audio);
  return [
    "#EXTM3U",
    "#EXT-X-VERSION:7",
    "#EXT-X-INDEPENDENT-SEGMENTS",
    ...audio.map(audioLine),
    ...middleFirst(input.variants).flatMap((variant) => variantLines({ variant, audio })),
    "",
  ].join("\n");
};
