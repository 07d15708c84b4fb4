import type { FfmpegCommand, ImageFormat } from "#lib/media/ffmpeg-command.ts";
import { imageCommand, webpEncoder } from "#lib/media/stills/image-command.ts";

/** Sides of a profile picture, in pixels: twice the largest one that is shown. */
export const avatarSide = 256;

/** Name of the picture in scratch. */
export const avatarName = "avatar.webp";

/**
 * Makes a profile picture: the largest square of the middle, after the turn that the file asks for, in WebP. Cut before it
 * is scaled, so that a very long picture never becomes a huge one on the way.
 */
export const avatarCommand = ({ path, format }: { path: string; format: ImageFormat }): FfmpegCommand =>
  imageCommand({
    path,
    format,
    outputs: [
      {
        name: avatarName,
        filters: [
          "crop=w='min(iw,ih)':h='min(iw,ih)':exact=1",
          `scale=${avatarSide}:${avatarSide}:flags=bicubic`,
          "setsar=1",
          "format=bgra",
        ],
        encoder: webpEncoder,
      },
    ],
  });
