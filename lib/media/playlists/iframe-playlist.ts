import type { RenditionPart } from "#lib/media/playlists/rendition-parts.ts";

/** The key frame at the beginning of a segment, as an I-frame playlist lists it. */
export type KeyFrame = {
  /** Bytes from the segment's beginning to the frame's end. */
  sizeBytes: number;
  /** Until the next key frame. */
  seconds: number;
};

/**
 * The key frames of a rendition in order, one per segment; null when somebody did not measure them all, for a list with
 * gaps would seek to the wrong pictures.
 */
export const keyFramesOf = (parts: readonly RenditionPart[]): KeyFrame[] | null => {
  const ordered = parts.toSorted((a, b) => a.firstSegment - b.firstSegment);
  const frames = ordered.flatMap(({ timescale, segments }) =>
    segments.map(({ keyFrameBytes, duration }) => ({ sizeBytes: keyFrameBytes, seconds: duration / timescale })),
  );
  const known = frames.flatMap(({ sizeBytes, seconds }) => (sizeBytes === undefined ? [] : [{ sizeBytes, seconds }]));
  return known.length === 0 || known.length < frames.length ? null : known;
};

/**
 * RFC 8216 section 4.3.3.6: each line is one key frame, the range from the segment's beginning (its `moof` included) to
 * the frame's end.
 */
export const iframePlaylist = (input: {
  targetSeconds: number;
  initUri: string;
  frames: readonly KeyFrame[];
  /** Relative to the playlist. */
  segmentUri: (index: number) => string;
}): string =>
  [
    "#EXTM3U",
    "#EXT-X-VERSION:7",
    `#EXT-X-TARGETDURATION:${input.targetSeconds}`,
    "#EXT-X-MEDIA-SEQUENCE:0",
    "#EXT-X-PLAYLIST-TYPE:VOD",
    "#EXT-X-I-FRAMES-ONLY",
    `#EXT-X-MAP:URI="${input.initUri}"`,
    ...input.frames.flatMap(({ sizeBytes, seconds }, index) => [
      `#EXTINF:${seconds.toFixed(6)},`,
      `#EXT-X-BYTERANGE:${sizeBytes}@0`,
      input.segmentUri(index),
    ]),
    "#EXT-X-ENDLIST",
    "",
  ].join("\n");

/**
 * The line of an I-frame playlist in the multivariant one (section 4.3.4.3). Its bandwidth is the largest frame's over the
 * time that it stands for; the short last one, which may stand for a moment only, does not count unless it is alone.
 */
export const iframeStreamLine = (input: {
  uri: string;
  width: number;
  height: number;
  codecs: string;
  frames: readonly KeyFrame[];
}): string => {
  const { uri, width, height, codecs, frames } = input;
  const counted = frames.length > 1 ? frames.slice(0, -1) : frames;
  const rates = counted.map(({ sizeBytes, seconds }) => (sizeBytes * 8) / seconds);
  const total = frames.reduce((sum, { seconds }) => sum + seconds, 0);
  const bytes = frames.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const attributes = [
    `BANDWIDTH=${Math.ceil(rates.reduce((largest, rate) => Math.max(largest, rate), 1))}`,
    `AVERAGE-BANDWIDTH=${Math.max(1, Math.ceil((bytes * 8) / total))}`,
    `CODECS="${codecs}"`,
    `RESOLUTION=${width}x${height}`,
    `URI="${uri}"`,
  ];
  return `#EXT-X-I-FRAME-STREAM-INF:${attributes.join(",")}`;
};
