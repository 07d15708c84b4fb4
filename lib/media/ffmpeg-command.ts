/**
 * One run of ffmpeg, without what the runner adds to every run (white lists, limits, confinement). Inputs are absolute
 * paths made by us; output paths are relative to the attempt's scratch folder, so no folder's name enters an option.
 */
export type FfmpegCommand = {
  inputs: readonly CommandInput[];
  filterGraph: string | null;
  outputs: readonly CommandOutput[];
};

/** The kinds of pictures that people may send. */
export type ImageFormat = "jpeg" | "png" | "webp";

/**
 * `media` is a stranger's file; `image` a stranger's picture, opened as that one format and no other; `cover` is a PNG
 * that an earlier command of the same attempt wrote into scratch.
 */
export type CommandInput =
  | { kind: "media"; path: string; options: readonly string[] }
  | { kind: "image"; path: string; format: ImageFormat; options: readonly string[] }
  | { kind: "cover"; name: string; options: readonly string[] }
  | { kind: "generated"; source: string; options: readonly string[] };

/** `name` null throws the output away. */
export type CommandOutput = { name: string | null; options: readonly string[] };

/** Nothing of the source but what is mapped: no subtitles, data, tags or chapters. */
export const onlyMapped: readonly string[] = ["-sn", "-dn", "-map_metadata", "-1", "-map_chapters", "-1"];
