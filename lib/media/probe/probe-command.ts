import { toneMapFilters } from "#lib/media/encode/picture-filters.ts";
import { type FfmpegCommand, onlyMapped } from "#lib/media/ffmpeg-command.ts";

/** Reads the whole file without decoding, to learn how long it lasts: the last progress report tells. */
export const measureCommand = (input: { sourcePath: string; streamIndexes: readonly number[] }): FfmpegCommand => ({
  inputs: [{ kind: "media", path: input.sourcePath, options: [] }],
  filterGraph: null,
  outputs: [
    {
      name: null,
      options: [...input.streamIndexes.flatMap((index) => ["-map", `0:${index}`]), ...onlyMapped, "-c", "copy"],
    },
  ],
});

/** Makes one frame with the filters that tone mapping needs: succeeds when this ffmpeg has them. */
export const toneMapCheckCommand = (): FfmpegCommand => ({
  inputs: [{ kind: "generated", source: "color=s=64x64:r=1:d=1", options: [] }],
  filterGraph: `[0:v]${toneMapFilters("pq").join(",")}[v]`,
  outputs: [{ name: null, options: ["-map", "[v]", "-frames:v", "1"] }],
});
