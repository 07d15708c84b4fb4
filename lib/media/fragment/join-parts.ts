import { MediaFailure } from "#lib/media/failures.ts";
import type { MeasuredSegment } from "#lib/media/playlists/measurements.ts";
import type { RenditionPart } from "#lib/media/playlists/rendition-parts.ts";

/** A rendition put together from its chunks. */
export type JoinedRendition = {
  rendition: string;
  codecs: string;
  width: number | null;
  height: number | null;
  /** Everything that was stored of it, init segment and unlisted segments included. */
  storedBytes: number;
  segments: readonly MeasuredSegment[];
  /** Seconds from 0 to the end of the last segment. */
  endSeconds: number;
};

const wrong = (what: string) => new MediaFailure("processing_failed", { detail: what });

/**
 * Joins the chunks of one rendition in order. Throws `MediaFailure` `processing_failed` when they do not follow one
 * another without a gap or were made with different settings, because a player would stumble there.
 */
export const joinParts = (parts: readonly RenditionPart[]): JoinedRendition => {
  const ordered = parts.toSorted((a, b) => a.firstSegment - b.firstSegment);
  const first = ordered[0];
  if (first === undefined) throw wrong("a rendition without segments");
  let next = 0;
  let at: number | null = null;
  for (const part of ordered) {
    if (part.initHash !== first.initHash) throw wrong(`${part.rendition}: init segments differ`);
    if (part.firstSegment !== next) throw wrong(`${part.rendition}: segment ${next} is missing`);
    for (const segment of part.segments) {
      // One tick of rounding between chunks is allowed.
      if (at !== null && Math.abs(segment.start - at) > 1) throw wrong(`${part.rendition}: gap at ${at}`);
      at = segment.start + segment.duration;
    }
    next += part.segments.length;
  }
  const { rendition, codecs, width, height, timescale } = first;
  const segments = ordered.flatMap((part) =>
    part.segments.map(({ sizeBytes, duration }) => ({ sizeBytes, seconds: duration / timescale })),
  );
  const storedBytes = first.initBytes + segments.reduce((sum, segment) => sum + segment.sizeBytes, 0);
  return { rendition, codecs, width, height, storedBytes, segments, endSeconds: (at ?? 0) / timescale };
};

/** A few packets are not worth a segment of their own. */
const tailSeconds = 0.1;

/**
 * Leaves out a last audio segment of next to nothing: encoders pad the last packet over a grid line, and players
 * stumble over a nearly empty segment that only one side has.
 */
export const withoutEmptyTail = (audio: JoinedRendition): JoinedRendition => {
  const last = audio.segments.at(-1);
  if (last === undefined || audio.segments.length < 2 || last.seconds >= tailSeconds) return audio;
  return { ...audio, segments: audio.segments.slice(0, -1), endSeconds: audio.endSeconds - last.seconds };
};
