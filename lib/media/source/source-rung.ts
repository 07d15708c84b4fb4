import type { Bandwidth } from "#lib/media/playlists/measurements.ts";

/** One track of the source that is packaged from the original's bytes without an encoder. */
export type SourceTrack = {
  /** Folder of its segments: `source` for the picture, `audio-0` and so on for sound. */
  rendition: string;
  /** ffprobe's index of the stream. */
  streamIndex: number;
  /** RFC 6381, as the init segment will say. */
  codecs: string;
  /** Ticks per second of `starts` and `endTicks`, and of the segments. */
  timescale: number;
  /** Presentation time of the first packet of each segment, in ticks from the run's time 0. */
  starts: readonly number[];
  /** Presentation end of the last packet. */
  endTicks: number;
  /** Declared before a segment exists and true after. */
  bandwidth: Bandwidth;
  /** Bytes of init and all segments once they are stored. */
  sizeBytes: number;
};

/** The source itself as a rendition: everything that packaging on request needs besides the original. */
export type SourceRung = {
  /** `tables`: our own reader of MP4 sample tables; `packets`: the general reader. */
  reader: "tables" | "packets";
  /** The run's time 0 in the file's own time: where ffprobe sees the file start. */
  zeroSeconds: number;
  /** As shown after rotation. */
  width: number;
  height: number;
  /** Whether the rung stays when encoded rungs are there; else it serves until they are. */
  keep: boolean;
  video: SourceTrack;
  /** Tracks whose packets can be taken as they are; others go through an `audio` step. */
  audio: readonly SourceTrack[];
};
