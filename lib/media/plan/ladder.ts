import { type Rational, toNumber } from "#lib/media/rational.ts";

/** Settings of one class of rungs. Bit rates are in kbit/s at up to 30 frames per second. */
type RungSettings = {
  shortSide: number;
  crf: number;
  maxrateKbps: number;
  bufsizeKbps: number;
  preset: "veryfast" | "faster" | "fast";
};

/** The one table of rungs. */
export const rungTable: readonly RungSettings[] = [
  { shortSide: 360, crf: 24, maxrateKbps: 900, bufsizeKbps: 1_800, preset: "veryfast" },
  { shortSide: 480, crf: 24, maxrateKbps: 1_500, bufsizeKbps: 3_000, preset: "veryfast" },
  { shortSide: 720, crf: 23, maxrateKbps: 3_200, bufsizeKbps: 6_400, preset: "veryfast" },
  { shortSide: 1080, crf: 23, maxrateKbps: 6_000, bufsizeKbps: 12_000, preset: "veryfast" },
  { shortSide: 1440, crf: 23, maxrateKbps: 10_000, bufsizeKbps: 20_000, preset: "veryfast" },
  { shortSide: 2160, crf: 23, maxrateKbps: 18_000, bufsizeKbps: 36_000, preset: "veryfast" },
];

/** One encoded quality of a run. */
export type Rung = RungSettings & { name: string; width: number; height: number };

/** Decoders of browsers and x264 itself end somewhere; a wider picture is scaled until it fits. */
const maxLongSide = 5_120;
const minSide = 16;

/** Rounded down to even, as 4:2:0 needs it, so that no rung is larger than its source. */
const even = (value: number) => Math.max(minSide, Math.floor((value + 0.001) / 2) * 2);

const scaled = (size: { width: number; height: number }, factor: number) => ({
  // Rounding to the nearest keeps the shape; only a factor of 1 must not grow.
  width: factor === 1 ? even(size.width) : even(size.width * factor + 1),
  height: factor === 1 ? even(size.height) : even(size.height * factor + 1),
});

const roomFor = (frameRate: Rational) => (toNumber(frameRate) > 31 ? 1.5 : 1);

/**
 * The class a picture belongs to: the short side of the smallest 16:9 box that holds it, so that a wide film of
 * 1920x800 counts as 1080 and a tall phone video as its width. Never less than the picture's own short side.
 */
export const sizeClass = (size: { width: number; height: number }): number =>
  Math.max(Math.min(size.width, size.height), (Math.max(size.width, size.height) * 9) / 16);

const toRung = (input: {
  settings: RungSettings;
  size: { width: number; height: number };
  frameRate: Rational;
}): Rung => {
  const { settings, size } = input;
  // A source a few lines short of a rung (1072 of 1080) fills that rung as it is.
  const factor = Math.min(settings.shortSide / sizeClass(size), maxLongSide / Math.max(size.width, size.height), 1);
  const room = roomFor(input.frameRate);
  return {
    ...settings,
    maxrateKbps: Math.round(settings.maxrateKbps * room),
    bufsizeKbps: Math.round(settings.bufsizeKbps * room),
    ...scaled(size, factor),
    name: `${settings.shortSide}p`,
  };
};

/**
 * The rungs of a source, smallest first: every rung of the table up to the source's class, or the source's own size
 * when it is smaller than the table begins. `size` is the picture as shown: rotated, with square pixels.
 */
export const makeLadder = (input: {
  size: { width: number; height: number };
  frameRate: Rational;
  maxShortSide?: number;
}): Rung[] => {
  const own = sizeClass(input.size);
  const limit = Math.min(own / 0.98, input.maxShortSide ?? Number.POSITIVE_INFINITY);
  const fitting = rungTable.filter((settings) => settings.shortSide <= limit);
  const smallest = rungTable.slice(0, 1).map((settings) => ({ ...settings, shortSide: even(own) }));
  return (fitting.length > 0 ? fitting : smallest).map((settings) =>
    toRung({ settings, size: input.size, frameRate: input.frameRate }),
  );
};
