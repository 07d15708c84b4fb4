import { type FfmpegCommand, onlyMapped } from "#lib/media/ffmpeg-command.ts";
import type { WatermarkWish } from "#lib/media/plan/wishes.ts";
import { jpegEncoder } from "#lib/media/stills/image-command.ts";
import { markBranches, overlayFilter } from "#lib/media/watermark/watermark-filter.ts";
import type { Size } from "#lib/media/watermark/watermark-placement.ts";

/**
 * Lays a watermark over a JPEG of the given size, by the arithmetic of the qualities, and writes another. `imagePath` is
 * the stored PNG, which one of our own drawings made.
 */
export const markStillCommand = (input: {
  stillPath: string;
  imagePath: string;
  size: Size;
  mark: WatermarkWish;
  name: string;
}): FfmpegCommand => {
  const { stillPath, imagePath, size, mark, name } = input;
  // JPEG is BT.601 in full range for everyone who opens one; marks are laid over in limited range.
  const branches = markBranches({ mark, pictures: [size], matrix: "bt601", source: "[1:v:0]" });
  return {
    inputs: [
      { kind: "image", format: "jpeg", path: stillPath, options: [] },
      { kind: "image", format: "png", path: imagePath, options: [] },
    ],
    filterGraph: [
      `[0:v:0]scale=${size.width}:${size.height}:in_range=pc:out_range=tv,format=yuv420p[s]`,
      ...branches,
      `[s][k0]${overlayFilter({ mark, picture: size })},scale=in_range=tv:out_range=pc,format=yuvj420p[o]`,
    ].join(";"),
    outputs: [
      {
        name,
        options: ["-map", "[o]", "-frames:v", "1", "-an", ...onlyMapped, "-fflags", "+bitexact", ...jpegEncoder],
      },
    ],
  };
};
