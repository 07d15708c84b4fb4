import type { FfmpegCommand } from "#lib/media/ffmpeg-command.ts";

/** Decoders of texts; no other is opened, since pictures and sound are not wanted. */
export const textDecoders = "subrip,srt,ass,ssa,mov_text,webvtt,text,cc_dec";

/** Largest text that one track may become; far more than its captions may be in the end. */
const maxTrackBytes = 8_000_000;

/** What a track is written as. */
export type TextOutput = "srt" | "ass";

/**
 * ASS stays what it is, because ffmpeg writes the numbers of its drawings as words. All other tracks become SRT rather
 * than WebVTT: ffmpeg 5.1 writes both without escaping, and in SRT that does no harm.
 */
export const textOutputOf = (codec: string): TextOutput => (codec === "ass" || codec === "ssa" ? "ass" : "srt");

/**
 * Writes text tracks, a file each, in one reading of the source. Times are the file's own (`-copyts`): with no decoder but
 * those of texts, ffmpeg would take the first caption for the file's beginning.
 */
export const captionCommand = (input: {
  sourcePath: string;
  tracks: readonly { streamIndex: number; name: string; output: TextOutput }[];
}): FfmpegCommand => ({
  inputs: [{ kind: "media", path: input.sourcePath, options: ["-copyts", "-codec_whitelist", textDecoders] }],
  filterGraph: null,
  outputs: input.tracks.map(({ streamIndex, name, output }) => ({
    name,
    options: [
      ...["-map", `0:${streamIndex}`, "-vn", "-an", "-dn", "-map_metadata", "-1", "-map_chapters", "-1"],
      ...["-c:s", output === "ass" ? "copy" : "srt", "-avoid_negative_ts", "disabled"],
      ...["-fs", String(maxTrackBytes), "-f", output],
    ],
  })),
});
