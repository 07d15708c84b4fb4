import { type FfmpegCommand, onlyMapped } from "#lib/media/ffmpeg-command.ts";
import type { AudioStream } from "#lib/media/probe/probe.ts";

/** How good the MP3 is: LAME's variable rates V0 (about 245 kbit/s) and V2 (about 190), or a constant rate in kbit/s. */
export const mp3Bitrates = ["v0", "v2", 128, 192, 256, 320] as const;
/** See `mp3Bitrates`. */
export type Mp3Bitrate = (typeof mp3Bitrates)[number];

const rateOptions = (bitrate: Mp3Bitrate): string[] => {
  if (bitrate === "v0") return ["-q:a", "0"];
  if (bitrate === "v2") return ["-q:a", "2"];
  return ["-b:a", `${bitrate}k`];
};

/**
 * One rate for all: LAME's delay of 1105 samples and the padding of the last frame then add at most 47 ms to the length
 * that a file's frames tell (51 ms at 44.1 kHz, more below).
 */
const sampleRate = 48_000;

/** EBU R 128 measures and sets loudness; -16 LUFS is what podcasts and phones expect. It works at 192 kHz inside. */
const loudness = "loudnorm=I=-16:TP=-1.5:LRA=11";

/** One sound track as an MP3 without tags: those are written before it by `id3Tag`, so that no text of a person meets ffmpeg. */
export const mp3Command = (input: {
  sourcePath: string;
  stream: AudioStream;
  bitrate: Mp3Bitrate;
  normalize: boolean;
  limitSeconds: number;
  name: string;
}): FfmpegCommand => {
  const { sourcePath, stream, bitrate, normalize, limitSeconds, name } = input;
  // Gaps and a late start become silence, so that times agree with the picture's.
  const filters = ["aresample=async=1:first_pts=0", ...(normalize ? [loudness] : [])];
  return {
    // A packet that says it comes hours later would be preceded by hours of silence: reading ends there.
    inputs: [{ kind: "media", path: sourcePath, options: ["-t", String(limitSeconds)] }],
    filterGraph: null,
    outputs: [
      {
        name,
        options: [
          ...["-map", `0:${stream.index}`, "-vn", ...onlyMapped, "-af", filters.join(",")],
          ...["-c:a", "libmp3lame", ...rateOptions(bitrate), "-ar", String(sampleRate)],
          ...["-ac", stream.channels === 1 ? "1" : "2", "-t", String(limitSeconds)],
          ...["-id3v2_version", "0", "-write_xing", "1", "-fflags", "+bitexact", "-f", "mp3"],
        ],
      },
    ],
  };
};
