/** A segment as measured: bytes and seconds. */
export type MeasuredSegment = { sizeBytes: number; seconds: number };

/** Bits per second of one rendition, as its playlist declares them. */
export type Bandwidth = { peak: number; average: number };

const bitsPerSecond = (segments: readonly MeasuredSegment[]) => {
  const seconds = segments.reduce((sum, segment) => sum + segment.seconds, 0);
  return seconds === 0 ? 0 : (segments.reduce((sum, segment) => sum + segment.sizeBytes, 0) * 8) / seconds;
};

/**
 * Peak and average bit rate of a rendition. RFC 8216 section 4.1: the peak is the largest bit rate of any contiguous
 * set of segments whose total duration is between 0.5 and 1.5 times the target duration; so a last segment of a few
 * frames, which is one costly key frame, does not count by itself.
 */
export const measureBandwidth = (input: { segments: readonly MeasuredSegment[]; targetSeconds: number }): Bandwidth => {
  const { segments, targetSeconds } = input;
  let peak = 0;
  for (let first = 0; first < segments.length; first += 1) {
    for (let last = first; last < segments.length; last += 1) {
      const group = segments.slice(first, last + 1);
      const total = group.reduce((sum, segment) => sum + segment.seconds, 0);
      if (total > targetSeconds * 1.5) break;
      if (total >= targetSeconds * 0.5) peak = Math.max(peak, bitsPerSecond(group));
    }
  }
  const average = bitsPerSecond(segments);
  return { peak: Math.ceil(Math.max(peak, average)), average: Math.ceil(average) };
};

/** One target duration for all renditions of a run (RFC 8216 4.3.3.1: each duration, rounded, must not exceed it). */
export const targetDuration = (renditions: readonly (readonly MeasuredSegment[])[]): number =>
  renditions.flat().reduce((longest, segment) => Math.max(longest, Math.round(segment.seconds)), 1);
