import type { WatermarkDesign } from "#lib/media/plan/wishes.ts";

/** Width and height in pixels. */
export type Size = { width: number; height: number };
/** A mark in a picture, in the picture's pixels from its upper left corner. */
export type MarkBox = Size & { x: number; y: number };

type Placement = Pick<WatermarkDesign, "position" | "scale" | "margin">;

// Even on every side, because 4:2:0 keeps one colour for two pixels: an odd edge would bleed into the picture.
const even = (value: number) => Math.round(value / 2) * 2;

/** Where the free room before the mark ends: none, all or half of it. */
const offset = (input: { side: "start" | "end" | "middle"; room: number; margin: number }): number => {
  if (input.side === "middle") return Math.floor(input.room / 4) * 2;
  return input.side === "start" ? input.margin : input.room - input.margin;
};

const sides = {
  "top-left": { x: "start", y: "start" },
  "top-right": { x: "end", y: "start" },
  "bottom-left": { x: "start", y: "end" },
  "bottom-right": { x: "end", y: "end" },
  center: { x: "middle", y: "middle" },
} as const satisfies Record<Placement["position"], { x: Parameters<typeof offset>[0]["side"]; y: string }>;

/**
 * Where a mark stands in a picture of that size and how large it is there. The one arithmetic of the encoder and of the
 * editor's preview. `scale` is the mark's width as a share of the picture's width, `margin` the distance from the edges
 * as a share of the short side; a mark that would reach into the margins is made smaller, its shape is kept.
 */
export const placeMark = (input: { picture: Size; image: Size; placement: Placement }): MarkBox => {
  const { picture, image, placement } = input;
  const margin = even(placement.margin * Math.min(picture.width, picture.height));
  const wanted = placement.scale * picture.width;
  const tall = (wanted * image.height) / image.width;
  const fit = Math.min(1, (picture.width - 2 * margin) / wanted, (picture.height - 2 * margin) / tall);
  const width = Math.max(2, even(wanted * fit));
  const height = Math.max(2, even(tall * fit));
  const side = sides[placement.position];
  return {
    x: offset({ side: side.x, room: picture.width - width, margin }),
    y: offset({ side: side.y, room: picture.height - height, margin }),
    width,
    height,
  };
};
