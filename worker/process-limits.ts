import { env } from "#lib/env.ts";
import type { SourceLimits } from "#lib/media/probe/probe.ts";
import type { ProcessLimits } from "#worker/confinement.ts";

/** What one run of ffmpeg may take before it is ended. */
export type RunLimits = { process: ProcessLimits & { addressSpaceBytes: number }; wallMs: number; stallMs: number };

/** What the operator decides about the limits. */
export type LimitSettings = {
  /** Most memory of one process, in bytes of address space. */
  memoryBytes: number;
  /** Stretches or shrinks the limits on time. */
  timeFactor: number;
  /** How long a run may go without progress. */
  stallSeconds: number;
  source: SourceLimits;
};

const mebibyte = 1024 ** 2;
const gibibyte = 1024 ** 3;

/** The limits as configured. */
export const limitSettings = (): LimitSettings => {
  const { ffmpegMemoryBytes, processingTimeFactor, ffmpegStallSeconds, maxPixels, maxDurationSeconds, maxStreams } =
    env();
  return {
    memoryBytes: ffmpegMemoryBytes,
    timeFactor: processingTimeFactor,
    stallSeconds: ffmpegStallSeconds,
    source: { maxPixels, maxDurationSeconds, maxStreams },
  };
};

/** Program, libraries and a hundred threads' stacks, most of it never touched. */
const baseMemoryBytes = 5 * gibibyte;
/** Reference frames of decoder and encoders, look-ahead and filters in floating point, per pixel of the source. */
const memoryPerPixel = 256;

const baseSeconds = 600;
/** A slow machine encodes the full ladder of a 1080p source at a tenth of real time; six times that is stuck. */
const secondsPerSecond = 60;
const usualPixels = 1920 * 1080;
/**
 * Processor seconds per second of wall clock: more cores than this are not kept busy by one run. The wall clock comes
 * first; the kernel's count of processor time is for when the worker that holds the clock is frozen.
 */
const busyCores = 16;

/** 200 Mbit/s, and room for a file that is larger at its beginning. */
const outputBytesPerSecond = 25 * mebibyte;
const baseOutputBytes = 256 * mebibyte;

/**
 * Limits of one run over media of this length and size; null where it is unknown, then as for the longest and largest
 * file allowed. Time grows with length and pixels, memory with pixels, output with length.
 */
export const runLimits = (input: {
  settings: LimitSettings;
  durationSeconds: number | null;
  pixels: number | null;
  stallMs: number | null;
}): RunLimits => {
  const { settings } = input;
  const duration = input.durationSeconds ?? settings.source.maxDurationSeconds;
  const pixels = input.pixels ?? settings.source.maxPixels;
  const largeness = Math.max(1, pixels / usualPixels);
  const wallSeconds = Math.ceil((baseSeconds + duration * secondsPerSecond * largeness) * settings.timeFactor);
  return {
    wallMs: wallSeconds * 1000,
    stallMs: input.stallMs ?? settings.stallSeconds * 1000,
    process: {
      addressSpaceBytes: Math.min(settings.memoryBytes, Math.round(baseMemoryBytes + pixels * memoryPerPixel)),
      cpuSeconds: wallSeconds * busyCores,
      fileSizeBytes: Math.round(baseOutputBytes + duration * outputBytesPerSecond),
      niceness: 19,
    },
  };
};

/** Limits of ffprobe, which reads a beginning and decodes a few frames whatever the file's length, and writes nothing. */
export const probeLimits = (settings: LimitSettings): RunLimits => ({
  wallMs: Math.ceil(60_000 * settings.timeFactor),
  stallMs: Math.ceil(60_000 * settings.timeFactor),
  process: {
    addressSpaceBytes: Math.min(settings.memoryBytes, 4 * gibibyte),
    cpuSeconds: Math.ceil(60 * settings.timeFactor),
    fileSizeBytes: 16 * mebibyte,
    niceness: 0,
  },
});
