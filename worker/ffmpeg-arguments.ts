import assemble from "fluent-ffmpeg";
import { z } from "zod";
import type { CommandInput, FfmpegCommand } from "#lib/media/ffmpeg-command.ts";
import {
  coverInputOptions,
  type InputBounds,
  imageInputOptions,
  mediaInputOptions,
} from "#worker/ffmpeg-whitelists.ts";

/**
 * Before everything: no questions, no banner, machine-readable progress on stdout. Levels are told: only at `info` does a
 * decoder say that it conceals damage. A finished segment is noticed with the next progress report, so these come often.
 */
const globals: readonly string[] = [
  ...["-nostdin", "-hide_banner", "-y", "-loglevel", "level+info", "-nostats"],
  ...["-stats_period", "0.2", "-progress", "pipe:1"],
];

const inputOf = (input: CommandInput, bounds: InputBounds): { source: string; options: readonly string[] } => {
  if (input.kind === "generated") {
    return { source: input.source, options: ["-f", "lavfi", "-format_whitelist", "lavfi", ...input.options] };
  }
  if (input.kind === "image")
    return { source: `file:${input.path}`, options: [...imageInputOptions(input.format), ...input.options] };
  // `file:` keeps a path from being read as another protocol's address.
  if (input.kind === "cover")
    return { source: `file:${input.name}`, options: [...coverInputOptions, ...input.options] };
  return { source: `file:${input.path}`, options: [...mediaInputOptions("ffmpeg", bounds), ...input.options] };
};

// fluent-ffmpeg splits an option at its space when it comes alone or in a list; as several arguments it is left whole.
const spread = (options: readonly string[]): [string, string, ...string[]] => {
  const [first, second, ...rest] = options;
  if (first === undefined || second === undefined) throw new RangeError("an input or output needs at least one option");
  return [first, second, ...rest];
};

/**
 * The arguments of one ffmpeg run. fluent-ffmpeg (archived upstream, hence imported here only) puts the command line
 * together; it never starts anything: its own start is neither confined nor bounded.
 */
export const ffmpegArguments = ({ inputs, filterGraph, outputs }: FfmpegCommand, bounds: InputBounds): string[] => {
  const command = assemble();
  for (const input of inputs) {
    const { source, options } = inputOf(input, bounds);
    command.input(source).inputOptions(...spread(options));
  }
  if (filterGraph !== null) command.complexFilter(filterGraph);
  for (const output of outputs) {
    const [name, options] =
      output.name === null ? ["-", [...output.options, "-f", "null"]] : [`file:${output.name}`, output.options];
    command.output(name).outputOptions(...spread(options));
  }
  // Not in its typings, although its own `start` event is made from it.
  const getArguments: unknown = Reflect.get(command, "_getArguments");
  if (typeof getArguments !== "function") throw new TypeError("fluent-ffmpeg has changed");
  return [...globals, ...z.array(z.string()).parse(Reflect.apply(getArguments, command, []))];
};

/** A stream whose decoder is not on the list; ffprobe ends at the first of them. */
export type RefusedStream = { index: number; decoder: string };

/** Finds the stream at which ffprobe ended because its decoder is not on the list; null when it ended otherwise. */
export const refusedStreamOf = (stderr: string): RefusedStream | null => {
  const index = /Could not open codec for input stream (\d+)/.exec(stderr)?.[1];
  const decoder = [...stderr.matchAll(/Codec \((\w+)\) not on whitelist/g)].at(-1)?.[1];
  return index === undefined || decoder === undefined ? null : { index: Number(index), decoder };
};

/**
 * The arguments of one ffprobe run: everything about container and streams, as JSON. The decoders of `refused` streams
 * may be opened for exactly these streams, and get nothing to decode: else ffprobe would say nothing of the others.
 */
export const ffprobeArguments = (input: {
  path: string;
  bounds: InputBounds;
  refused?: readonly RefusedStream[];
}): string[] => [
  ...["-hide_banner", "-loglevel", "warning", ...mediaInputOptions("ffprobe", input.bounds)],
  ...(input.refused ?? []).flatMap(({ index, decoder }) => [`-codec_whitelist:${index}`, decoder]),
  ...["-print_format", "json", "-show_format", "-show_streams", "-show_chapters", `file:${input.path}`],
];
