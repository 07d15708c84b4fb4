import { readAacConfig } from "#lib/media/source/source-codecs.ts";
import type { SoundFormat } from "#lib/media/source/source-format.ts";

/**
 * Where the packets of a sound track lie exactly. Matroska rounds times to milliseconds; packets of equal length follow
 * one another without a gap, so their places are known to the sample.
 */
export type SoundGrid = {
  /** Ticks per second: the rate of the samples. */
  timescale: number;
  /** Time of the first packet, in ticks from the run's time 0. */
  originTicks: number;
  packetTicks: number;
};

/** Lengths of Opus packets in samples of 48 kHz (RFC 6716, section 2.1.4), and the longer ones of several frames. */
const opusLengths = [120, 240, 480, 960, 1920, 2880, 3840, 4800, 5760];
/** Two times, each rounded to a millisecond. */
const slackSeconds = 0.0016;

/** The grid that the first packets of a track lie on, by their times in seconds of the run; null for fewer than two. */
export const soundGrid = (input: { format: SoundFormat; firstSeconds: readonly number[] }): SoundGrid | null => {
  const { format } = input;
  const [first, second] = input.firstSeconds;
  if (first === undefined || second === undefined) return null;
  const timescale = format.entry === "Opus" ? 48_000 : readAacConfig(format.config).sampleRate;
  const length = (second - first) * timescale;
  const nearest = (a: number, b: number) => Math.abs(a - length) - Math.abs(b - length);
  const packetTicks = format.entry === "Opus" ? (opusLengths.toSorted(nearest)[0] ?? 960) : 1024;
  return { timescale, originTicks: Math.round(first * timescale), packetTicks };
};

/** Number of the packet that lies at a time, or null when that time is not on the grid. */
export const packetNumber = (grid: SoundGrid, seconds: number): number | null => {
  const ticks = seconds * grid.timescale - grid.originTicks;
  const number = Math.round(ticks / grid.packetTicks);
  return Math.abs(ticks - number * grid.packetTicks) <= slackSeconds * grid.timescale ? number : null;
};

/** Time of a packet in ticks of the grid. */
export const packetTicksAt = (grid: SoundGrid, number: number): number => grid.originTicks + number * grid.packetTicks;

/** Number of the first packet that lies at or after a time. */
export const firstNumberAt = (grid: SoundGrid, seconds: number): number =>
  Math.max(0, Math.ceil((seconds * grid.timescale - grid.originTicks - 0.001) / grid.packetTicks));
