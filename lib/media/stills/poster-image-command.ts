import type { FfmpegCommand, ImageFormat } from "#lib/media/ffmpeg-command.ts";
import { imageCommand, jpegEncoder, rawEncoder } from "#lib/media/stills/image-command.ts";

/**
 * Fills a shape: what stands out on the longer side is cut off evenly, nothing is stretched by more than a pixel. Cut
 * before it is scaled, so that a very long picture never becomes a huge one on the way; `exact`, because one that is a
 * single pixel high would otherwise be rounded down to none.
 */
export const fillFilters = ({ width, height }: { width: number; height: number }): string[] => [
  `crop=w='max(1,min(iw,round(ih*${width}/${height})))':h='max(1,min(ih,round(iw*${height}/${width})))':exact=1`,
  `scale=${width}:${height}:flags=bicubic`,
  "setsar=1",
];

/** Makes a sent picture into a poster of that size, and its mean colour as one pixel; `names` are files in scratch. */
export const posterImageCommand = (input: {
  path: string;
  format: ImageFormat;
  size: { width: number; height: number };
  names: { poster: string; pixel: string };
}): FfmpegCommand => {
  const { path, format, size, names } = input;
  const fill = fillFilters(size);
  const pixel = [...fill, "scale=1:1:flags=area", "format=rgb24"];
  return imageCommand({
    ...{ path, format },
    outputs: [
      { name: names.poster, filters: [...fill, "format=yuvj420p"], encoder: jpegEncoder },
      { name: names.pixel, filters: pixel, encoder: rawEncoder },
    ],
  });
};
