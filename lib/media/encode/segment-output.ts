/** The one file of a rendition that ffmpeg writes and that grows: an init segment, then fragments. */
export const streamName = "stream.mp4";

/** A time as ffmpeg's options take it: whole microseconds at most. */
export const secondsText = (value: number): string => String(Math.round(value * 1e6) / 1e6);

/**
 * Fragmented MP4 that our own code cuts into segments: with every key frame a fragment begins (pictures), or one about
 * every second (sound). Times are left alone: `frag_discont` keeps the place of a chunk that does not begin at 0, and
 * with `negative_cts_offsets` there is no edit list. A fragment is whole in the file as soon as the next one begins.
 */
export const fragmentOutput = (kind: "video" | "audio"): string[] => [
  ...["-avoid_negative_ts", "disabled", "-fflags", "+bitexact", "-f", "mp4", "-flush_packets", "1"],
  "-movflags",
  `${kind === "video" ? "+frag_keyframe" : ""}+empty_moov+default_base_moof+frag_discont+negative_cts_offsets`,
  ...(kind === "video" ? [] : ["-frag_duration", "1000000"]),
];
