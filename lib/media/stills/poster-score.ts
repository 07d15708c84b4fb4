/** A small picture: rows of red, green and blue, a byte each. */
export type StillFrame = { width: number; height: number; rgb: Uint8Array };

/** What decides about a frame as a poster. */
export type StillMeasures = {
  /** Mean luma, 0 to 255. */
  luminance: number;
  /** Standard deviation of luma. */
  contrast: number;
  /** Variance of the Laplacian of luma: edges make it large, blur takes it away. */
  sharpness: number;
  /** How colourful it looks (Hasler and Süsstrunk, 2003: spread and mean of the two opponent colours), 0 to about 110. */
  colourfulness: number;
  /** Mean red, green and blue. */
  colour: readonly [number, number, number];
  /** Mean colours of a coarse grid, row by row: what two frames are compared by. */
  cells: readonly number[];
};

const gridColumns = 16;
const gridRows = 9;

/** Luma of BT.709, in the picture's own (gamma) values. */
const lumaOf = ({ width, height, rgb }: StillFrame): Float32Array => {
  const luma = new Float32Array(width * height);
  for (let pixel = 0; pixel < luma.length; pixel += 1) {
    const [red = 0, green = 0, blue = 0] = [rgb[pixel * 3], rgb[pixel * 3 + 1], rgb[pixel * 3 + 2]];
    luma[pixel] = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  }
  return luma;
};

/** Mean and variance by one pass over values that `at` gives. */
const momentsOf = (count: number, at: (index: number) => number): { mean: number; variance: number } => {
  let sum = 0;
  let squares = 0;
  for (let index = 0; index < count; index += 1) {
    const value = at(index);
    sum += value;
    squares += value * value;
  }
  const mean = count === 0 ? 0 : sum / count;
  return { mean, variance: count === 0 ? 0 : Math.max(0, squares / count - mean * mean) };
};

const sharpnessOf = ({ width, height }: StillFrame, luma: Float32Array): number => {
  const inner = Math.max(0, width - 2);
  return momentsOf(inner * Math.max(0, height - 2), (index) => {
    const at = (1 + Math.floor(index / inner)) * width + 1 + (index % inner);
    const beside = (luma[at - 1] ?? 0) + (luma[at + 1] ?? 0) + (luma[at - width] ?? 0) + (luma[at + width] ?? 0);
    return beside - 4 * (luma[at] ?? 0);
  }).variance;
};

const colourfulnessOf = ({ width, height, rgb }: StillFrame): number => {
  const count = width * height;
  const redGreen = momentsOf(count, (pixel) => (rgb[pixel * 3] ?? 0) - (rgb[pixel * 3 + 1] ?? 0));
  const yellowBlue = momentsOf(
    count,
    (pixel) => ((rgb[pixel * 3] ?? 0) + (rgb[pixel * 3 + 1] ?? 0)) / 2 - (rgb[pixel * 3 + 2] ?? 0),
  );
  return Math.sqrt(redGreen.variance + yellowBlue.variance) + 0.3 * Math.hypot(redGreen.mean, yellowBlue.mean);
};

const cellsOf = ({ width, height, rgb }: StillFrame): number[] => {
  const sums = new Float64Array(gridColumns * gridRows * 3);
  const counts = new Uint32Array(gridColumns * gridRows);
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    const column = Math.floor(((pixel % width) * gridColumns) / width);
    const cell = Math.floor((Math.floor(pixel / width) * gridRows) / height) * gridColumns + column;
    counts[cell] = (counts[cell] ?? 0) + 1;
    for (const part of [0, 1, 2]) sums[cell * 3 + part] = (sums[cell * 3 + part] ?? 0) + (rgb[pixel * 3 + part] ?? 0);
  }
  return Array.from(sums, (sum, index) => sum / Math.max(1, counts[Math.floor(index / 3)] ?? 1));
};

/** Measures a frame. Costs about a millisecond per 10,000 pixels. */
export const measureStill = (frame: StillFrame): StillMeasures => {
  const luma = lumaOf(frame);
  const { mean, variance } = momentsOf(luma.length, (pixel) => luma[pixel] ?? 0);
  const part = (offset: number) =>
    momentsOf(frame.width * frame.height, (pixel) => frame.rgb[pixel * 3 + offset] ?? 0).mean;
  return {
    luminance: mean,
    contrast: Math.sqrt(variance),
    sharpness: sharpnessOf(frame, luma),
    colourfulness: colourfulnessOf(frame),
    colour: [part(0), part(1), part(2)],
    cells: cellsOf(frame),
  };
};

/** How different two frames look, 0 (equal) to 1: the mean difference of their grids' colours. */
export const stillDistance = (a: StillMeasures, b: StillMeasures): number =>
  momentsOf(a.cells.length, (index) => Math.abs((a.cells[index] ?? 0) - (b.cells[index] ?? 0))).mean / 255;

/** `#rrggbb` of a frame's mean colour, for the ground behind the poster while it loads. */
export const dominantColorOf = ({ colour }: StillMeasures): string =>
  `#${colour.map((value) => Math.round(value).toString(16).padStart(2, "0")).join("")}`;

/** Limits that were set by looking at frames of films, recordings of screens and slides. */
const darkest = 22;
const brightest = 246;
const flattest = 7;
const leastSharpness = 6;
/** A frame with so small a share of the sharpest ones' edges is out of focus or in a dissolve. */
const sharpnessShare = 0.06;
const nearDuplicate = 0.035;

/** Black, white, or of one colour. */
const isEmpty = ({ luminance, contrast }: StillMeasures): boolean =>
  luminance < darkest || luminance > brightest || contrast < flattest;

/** 0 to 1: edges, contrast, a middle exposure and colour. */
const scoreOf = (still: StillMeasures, sharpest: number): number => {
  const sharpness = Math.log1p(still.sharpness) / Math.log1p(Math.max(1, sharpest));
  const contrast = Math.min(1, still.contrast / 64);
  const exposure = 1 - Math.min(1, Math.abs(still.luminance - 118) / 118);
  const colour = Math.min(1, still.colourfulness / 80);
  return 0.4 * sharpness + 0.25 * contrast + 0.2 * exposure + 0.15 * colour;
};

const upperQuartile = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.75)] ?? 0;

type Ranked = { index: number; still: StillMeasures; score: number };

/** The next best that does not look like what is taken; looking different counts a little. */
const takeNext = (rest: readonly Ranked[], taken: readonly Ranked[]): Ranked | null => {
  const apart = ({ still }: Ranked) => Math.min(1, ...taken.map((other) => stillDistance(still, other.still)));
  const worth = (one: Ranked) => one.score + (taken.length === 0 ? 0 : 0.5 * apart(one));
  const free = rest.filter((one) => apart(one) >= nearDuplicate);
  return free.toSorted((a, b) => worth(b) - worth(a) || a.index - b.index)[0] ?? null;
};

/**
 * Indices of the frames to propose as posters, the best first, at most `count`. No two look alike; blurred ones come only
 * when sharp ones run out, and black, white or plain ones only when there is nothing else at all. Empty for no frames.
 */
export const proposePosters = ({ stills, count }: { stills: readonly StillMeasures[]; count: number }): number[] => {
  const full = stills.filter((still) => !isEmpty(still));
  const edges = (full.length === 0 ? stills : full).map(({ sharpness }) => sharpness);
  const sharpest = Math.max(0, ...edges);
  const needed = Math.max(leastSharpness, sharpnessShare * upperQuartile(edges));
  const ranked = stills.map((still, index) => ({ index, still, score: scoreOf(still, sharpest) }));
  const tiers = [
    ranked.filter(({ still }) => !isEmpty(still) && still.sharpness >= needed),
    ranked.filter(({ still }) => !isEmpty(still) && still.sharpness < needed),
  ];
  const taken: Ranked[] = [];
  for (const tier of tiers) {
    for (let next = takeNext(tier, taken); next !== null && taken.length < count; next = takeNext(tier, taken)) {
      taken.push(next);
    }
  }
  if (taken.length > 0) return taken.map(({ index }) => index);
  const best = takeNext(ranked, []);
  return best === null ? [] : [best.index];
};
