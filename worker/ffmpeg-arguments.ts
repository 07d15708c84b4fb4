import assemble from "fluent-ffmpeg";
import { z } from "zod";
import type { CommandInput, FfmpegCommand } from "#lib/media/ffmpeg-command.ts";
import { coverInputOptions, imageInputOptions, mediaInputOptions } from "#worker/ffmpeg-whitelists.ts";

/** Before everything: no questions, no banner, machine-readable progress on stdout, warnings on stderr. */
const globals: readonly string[] = [
  ...["-nostdin", "-hide_banner", "-y", "-loglevel", "warning", "-nostats"],
  ...["-stats_period", "0.5", "-progress", "pipe:1"],
];

const inputOf = (input: CommandInput): { source: string; options: readonly string[] } => {
  if (input.kind === "generated") {
    return { source: input.source, options: ["-f", "lavfi", "-format_whitelist", "lavfi", ...input.options] };
  }
  if (input.kind === "image")
    return { source: `file:${input.path}`, options: [...imageInputOptions(input.format), ...input.options] };
  // `file:` keeps a path from being read as another protocol's address.
  if (input.kind === "cover")
    return { source: `file:${input.name}`, options: [...coverInputOptions, ...input.options] };
  return { source: `file:${input.path}`, options: [...mediaInputOptions("ffmpeg"), ...input.options] };
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
export const ffmpegArguments = ({ inputs, filterGraph, outputs }: FfmpegCommand): string[] => {
  const command = assemble();
  for (const input of inputs) {
    const { source, options } = inputOf(input);
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

/** The arguments of one ffprobe run: everything about container and streams, as JSON. */
export const ffprobeArguments = (path: string): string[] => [
  ...["-hide_banner", "-loglevel", "warning", ...mediaInputOptions("ffprobe")],
  ...["-print_format", "json", "-show_format", "-show_streams", `file:${path}`],
];
