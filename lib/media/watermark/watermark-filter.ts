import type { ColourMatrix } from "#lib/media/encode/colour-matrix.ts";
import type { WatermarkWish } from "#lib/media/plan/wishes.ts";
import { placeMark, type Size } from "#lib/media/watermark/watermark-placement.ts";

// As Chromium takes a picture that does not say: SD as BT.601, the rest as BT.709.
const matrixOf = ({ matrix, height }: { matrix: ColourMatrix | undefined; height: number }): string =>
  matrix ?? (height < 720 ? "bt601" : "bt709");

const opacityOf = (opacity: number) => String(Math.round(opacity * 1000) / 1000);

/**
 * Filters that bring a mark's image to its size in a picture, its opacity and the picture's colours. Scaled with its
 * colours multiplied by their transparency, as browsers do: else what is hidden in transparent pixels bleeds into the edges.
 */
export const markFilters = (input: {
  mark: WatermarkWish;
  picture: Size;
  matrix: ColourMatrix | undefined;
}): string[] => {
  const { mark, picture, matrix } = input;
  const { width, height } = boxOf({ mark, picture });
  return [
    ...["format=gbrap", "premultiply=inplace=1", `scale=${width}:${height}:flags=bicubic`, "unpremultiply=inplace=1"],
    `colorchannelmixer=aa=${opacityOf(mark.design.opacity)}`,
    `scale=out_color_matrix=${matrixOf({ matrix, height: Math.min(picture.width, picture.height) })}:out_range=tv`,
    "format=yuva420p",
  ];
};

const boxOf = ({ mark, picture }: { mark: WatermarkWish; picture: Size }) =>
  placeMark({
    picture,
    image: { width: mark.imageWidth, height: mark.imageHeight },
    placement: mark.design,
  });

/** Lays the mark, which is one frame, over every frame of a picture in 4:2:0. */
export const overlayFilter = (input: { mark: WatermarkWish; picture: Size }): string => {
  const { x, y } = boxOf(input);
  return `overlay=x=${x}:y=${y}:format=yuv420:eof_action=repeat`;
};

/** The branches of a filter graph that make one mark per picture: `[k0]`, `[k1]` and so on, out of `source`. */
export const markBranches = (input: {
  mark: WatermarkWish;
  pictures: readonly Size[];
  matrix: ColourMatrix | undefined;
  /** Label of the mark's input: `[1:v]`. */
  source: string;
}): string[] => {
  const { mark, pictures, matrix, source } = input;
  const labels = pictures.map((_, index) => `[m${index}]`).join("");
  return [
    `${source}split=${pictures.length}${labels}`,
    ...pictures.map((picture, index) => `[m${index}]${markFilters({ mark, picture, matrix }).join(",")}[k${index}]`),
  ];
};
