/** A picture as bare pixels, three bytes each. */
export type Pixels = { width: number; height: number; rgb: Uint8Array };

/** A rectangle in pixels. */
export type PixelBox = { x: number; y: number; width: number; height: number };

const far = (one: Pixels, other: Pixels, at: number): number =>
  Math.max(...[0, 1, 2].map((part) => Math.abs((one.rgb[at + part] ?? 0) - (other.rgb[at + part] ?? 0))));

/** The smallest box around everything in which two pictures of one size differ by more than `threshold` of 255. */
export const differenceBox = (input: { one: Pixels; other: Pixels; threshold: number }): PixelBox => {
  const { one, other, threshold } = input;
  let [left, top, right, bottom] = [one.width, one.height, -1, -1];
  for (let at = 0; at < one.width * one.height; at += 1) {
    if (far(one, other, at * 3) <= threshold) continue;
    const [x, y] = [at % one.width, Math.floor(at / one.width)];
    [left, right] = [Math.min(left, x), Math.max(right, x)];
    [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
  }
  return { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
};

/** Mean difference of two pictures of one size inside a box, per colour, of 255. */
export const meanDifference = (input: { one: Pixels; other: Pixels; box: PixelBox }): number => {
  const { one, other, box } = input;
  let sum = 0;
  for (let y = box.y; y < box.y + box.height; y += 1) {
    for (let x = box.x; x < box.x + box.width; x += 1) {
      for (const part of [0, 1, 2]) {
        const at = (y * one.width + x) * 3 + part;
        sum += Math.abs((one.rgb[at] ?? 0) - (other.rgb[at] ?? 0));
      }
    }
  }
  return sum / (box.width * box.height * 3);
};
