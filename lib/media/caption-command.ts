import type { FfmpegCommand } from "#lib/media/ffmpeg-command.ts";

/** Decoders of texts; no other is opened, since pictures and sound are not wanted. */
export const textDecoders = "subrip,srt,ass,ssa,mov_text,webvtt,text,cc_dec";

/** Largest text that one track may become; far more than its captions may be in the end. */
const maxTrackBytes = 8_000_000;

/**
 * Writes text tracks as SRT, a file each, in one reading of the source. SRT rather than WebVTT, because ffmpeg 5.1 writes
 * both without escaping, and in SRT that does no harm. Times come out from the file's start, like those of the pictures.
 */
export const captionCommand = (input: {
  sourcePath: string;
  tracks: readonly { streamIndex: number; name: string }[];
  limitSeconds: number;
}): FfmpegCommand => ({
  inputs: [{ kind: "media", path: input.sourcePath, options: ["-codec_whitelist", textDecoders] }],
  filterGraph: null,
  outputs: input.tracks.map(({ streamIndex, name }) => ({
    name,
    options: [
      ...["-map", `0:${streamIndex}`, "-vn", "-an", "-dn", "-map_metadata", "-1", "-map_chapters", "-1"],
      ...["-c:s", "srt", "-t", String(input.limitSeconds), "-fs", String(maxTrackBytes), "-f", "srt"],
    ],
  })),
});
