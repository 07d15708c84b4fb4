import { type FfmpegCommand, onlyMapped } from "#lib/media/ffmpeg-command.ts";

/** Widths of a poster's small copies, in pixels: a card on a plain screen, and one on a dense screen. */
export const thumbnailWidths = [320, 640] as const;

type Size = { width: number; height: number };

/** The small copies that a poster of that size gets, the smallest first: its shape, even heights, never wider than itself. */
export const thumbnailSizes = (poster: Size): Size[] =>
  thumbnailWidths
    .filter((width) => width <= poster.width)
    .map((width) => ({ width, height: Math.max(2, Math.round((poster.height * width) / poster.width / 2) * 2) }));

/** Encoder options of a small WebP without transparency, written as one file. */
export const thumbnailEncoder: readonly string[] = [
  ...["-frames:v", "1", "-an", ...onlyMapped, "-fflags", "+bitexact"],
  ...["-c:v", "libwebp", "-pix_fmt", "yuv420p", "-quality", "75", "-f", "image2", "-update", "1"],
];

/**
 * Filters that make a small copy. JPEG has the full range of BT.601, WebP the limited one; `fromRgb` for a picture that is
 * neither yet.
 */
export const thumbnailFilters = ({ width, height }: Size, { fromRgb }: { fromRgb: boolean }): string => {
  const colours = fromRgb ? "out_color_matrix=bt601" : "in_range=pc";
  return `scale=${width}:${height}:flags=bicubic:${colours}:out_range=tv,format=yuv420p`;
};

/** A JPEG poster and what is to be made of it; `name` gives each copy's file in scratch by its width. */
export type ThumbnailOrder = { path: string; sizes: readonly Size[]; name: (width: number) => string };

/** Makes the small copies of several posters in one run; each order must have at least one size. */
export const thumbnailsCommand = (orders: readonly ThumbnailOrder[]): FfmpegCommand => {
  const label = (order: number, index: number) => `o${order}x${index}`;
  const graphs = orders.flatMap(({ sizes }, order) => [
    `[${order}:v:0]split=${sizes.length}${sizes.map((_, index) => `[s${order}x${index}]`).join("")}`,
    ...sizes.map(
      (size, index) => `[s${order}x${index}]${thumbnailFilters(size, { fromRgb: false })}[${label(order, index)}]`,
    ),
  ]);
  return {
    inputs: orders.map(({ path }) => ({ kind: "image", format: "jpeg", path, options: [] })),
    filterGraph: graphs.join(";"),
    outputs: orders.flatMap(({ sizes, name }, order) =>
      sizes.map(({ width }, index) => ({
        name: name(width),
        options: ["-map", `[${label(order, index)}]`, ...thumbnailEncoder],
      })),
    ),
  };
};
