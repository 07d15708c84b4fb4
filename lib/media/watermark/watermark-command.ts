import { type FfmpegCommand, type ImageFormat, onlyMapped } from "#lib/media/ffmpeg-command.ts";
import { imageCommand, pngEncoder, rawEncoder } from "#lib/media/stills/image-command.ts";
import { textCanvas } from "#lib/media/watermark/watermark-text.ts";

/** Files of a drawing in its scratch folder. */
export const drawingNames = {
  /** The text as a script, and the folder of the font's files. */
  script: "mark.ass",
  fonts: "fonts",
  /** The drawn letters: white on black, as PNG and as bare pixels. */
  mask: "mask.png",
  pixels: "mask.gray",
  /** The mark. */
  mark: "mark.png",
} as const;

/** The longest side of a stored mark: what half of a 4K picture needs. */
const longestSide = 2048;

/** Re-encodes a sent picture to a PNG with transparency that is no larger than a mark can ever be shown. */
export const markImageCommand = ({ path, format }: { path: string; format: ImageFormat }): FfmpegCommand =>
  imageCommand({
    path,
    format,
    outputs: [
      {
        name: drawingNames.mark,
        filters: [
          "format=gbrap",
          "premultiply=inplace=1",
          `scale='min(iw,${longestSide})':'min(ih,${longestSide})':force_original_aspect_ratio=decrease:flags=bicubic`,
          "unpremultiply=inplace=1",
          "format=rgba",
        ],
        encoder: pngEncoder,
      },
    ],
  });

/** Draws the letters of `drawingNames.script` in white on black, in full range. */
export const textMaskCommand = (): FfmpegCommand => ({
  inputs: [
    { kind: "generated", source: `color=black:s=${textCanvas.width}x${textCanvas.height}:r=1:d=1`, options: [] },
  ],
  filterGraph: `[0:v]format=gbrp,ass=${drawingNames.script}:fontsdir=${drawingNames.fonts},extractplanes=g,split=2[a][b]`,
  outputs: [
    { name: drawingNames.mask, options: [...single("[a]"), "-c:v", "png", "-f", "image2", "-update", "1"] },
    { name: drawingNames.pixels, options: [...single("[b]"), ...rawEncoder] },
  ],
});

const single = (label: string): string[] => [
  ...["-map", label, "-frames:v", "1", "-an", ...onlyMapped, "-fflags", "+bitexact"],
];

/** Room around the letters for their shadow. */
const shadowRoom = 12;

/** The box with room for the shadow, inside the canvas. */
const withRoom = (ink: Box): Box => {
  const x = Math.max(0, ink.x - shadowRoom);
  const y = Math.max(0, ink.y - shadowRoom);
  return {
    x,
    y,
    width: Math.min(textCanvas.width, ink.x + ink.width + shadowRoom) - x,
    height: Math.min(textCanvas.height, ink.y + ink.height + shadowRoom) - y,
  };
};

type Box = { x: number; y: number; width: number; height: number };

/**
 * Makes a mark of drawn letters: white, over a soft shadow that keeps them readable on white pictures. `ink` is the box
 * around the letters in the canvas.
 */
export const textMarkCommand = (ink: Box): FfmpegCommand => {
  const { x, y, width, height } = withRoom(ink);
  const flat = (colour: string) => `color=${colour}:s=${width}x${height}:r=1:d=1,format=gbrp`;
  return {
    inputs: [{ kind: "cover", name: drawingNames.mask, options: [] }],
    filterGraph: [
      `[0:v]format=gray,crop=${width}:${height}:${x}:${y}:exact=1,split=2[a][b]`,
      "[b]gblur=sigma=4,lut=y='val*0.6'[soft]",
      `${flat("black")}[dark]`,
      `${flat("white")}[light]`,
      "[dark][soft]alphamerge[shadow]",
      "[light][a]alphamerge[letters]",
      // The letters' box with its transparency is kept: both are straight, and so is the result.
      "[shadow][letters]overlay=format=gbrp,format=rgba[mark]",
    ].join(";"),
    outputs: [{ name: drawingNames.mark, options: [...single("[mark]"), ...pngEncoder] }],
  };
};
