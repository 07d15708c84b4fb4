import { type FfmpegCommand, onlyMapped } from "#lib/media/ffmpeg-command.ts";
import { rawEncoder } from "#lib/media/stills/image-command.ts";
import type { StoryboardTile } from "./storyboard-frames.ts";

/** The model looks at squares of so many pixels, three bytes each. */
export const frameSide = 512;
/** Bytes of one frame. */
export const frameBytes = frameSide * frameSide * 3;
/** Name in scratch of the frames, one after the other. */
export const framesName = "frames.rgb";

/** A stored picture of ours, in scratch, and what of it is looked at: tiles of it, or all of it. */
export type LookedAt = { path: string; tiles: readonly StoryboardTile[] | "whole" };

/** Makes stored JPEGs into the frames that the model looks at, in the order of `pictures`: one raw file, frame after frame. */
export const framesCommand = (pictures: readonly LookedAt[]): FfmpegCommand => {
  const cuts = pictures.flatMap(({ tiles }, input) =>
    tiles === "whole"
      ? [{ input, crop: "" }]
      : tiles.map(({ x, y, width, height }) => ({ input, crop: `crop=${width}:${height}:${x}:${y}:exact=1,` })),
  );
  const splits = pictures.map(({ tiles }, input) => {
    const count = tiles === "whole" ? 1 : tiles.length;
    const pads = cuts.flatMap((cut, index) => (cut.input === input ? [`[s${index}]`] : []));
    return `[${input}:v:0]split=${count}${pads.join("")}`;
  });
  const frames = cuts.map(
    ({ crop }, index) =>
      // Squeezed, not cut: the model was trained on squeezed pictures.
      `[s${index}]${crop}scale=${frameSide}:${frameSide}:flags=bicubic:in_range=full,setsar=1,format=rgb24[f${index}]`,
  );
  const pads = cuts.map((_, index) => `[f${index}]`).join("");
  // Rows of one picture above those of the next are the frames one after the other.
  const joined = cuts.length === 1 ? `${pads}null[out]` : `${pads}vstack=inputs=${cuts.length}[out]`;
  return {
    inputs: pictures.map(({ path }) => ({ kind: "image" as const, path, format: "jpeg" as const, options: [] })),
    filterGraph: [...splits, ...frames, joined].join(";"),
    outputs: [{ name: framesName, options: ["-map", "[out]", "-frames:v", "1", "-an", ...onlyMapped, ...rawEncoder] }],
  };
};
