import { expect, test } from "vitest";
import { closedCuts, mergeCuts } from "#lib/media/source/source-cuts.ts";

const table = (times: number[], keys: number[]) => ({
  count: times.length,
  times: Float64Array.from(times),
  offsets: new Float64Array(times.length),
  sizes: new Uint32Array(times.length),
  keys: Uint8Array.from(keys),
  endTicks: Math.max(...times) + 1,
});

test("a key packet is a cut only where nothing is shown across it", () => {
  const closed = table([0, 2, 1, 3, 5, 4], [1, 0, 0, 1, 0, 0]);
  expect(closedCuts(closed).map(({ at }) => at)).toEqual([0, 3]);
  const open = table([0, 1, 4, 2, 3, 5], [1, 0, 1, 0, 0, 0]);
  expect(closedCuts(open).map(({ at }) => at)).toEqual([0]);
});

const merged = (seconds: readonly number[], end: number) =>
  mergeCuts({
    candidates: seconds.map((at, index) => ({ at: index, ticks: at * 1000 })),
    ...{ timescale: 1000, endTicks: end * 1000, targetSeconds: 4, maxSeconds: 10.5 },
  }).map(({ ticks }) => ticks / 1000);

const every = (step: number, end: number) => Array.from({ length: Math.ceil(end / step) }, (_, index) => index * step);

test.each([
  ["every second", every(1, 20), 20, [0, 4, 8, 12, 16]],
  ["every 2.5 s", every(2.5, 20), 20, [0, 5, 10, 15]],
  ["every 10 s", every(10, 30), 30, [0, 10, 20]],
  ["every 3.5 s", every(3.5, 14), 14, [0, 3.5, 7, 10.5]],
  ["a sliver at the end", every(2, 17), 17, [0, 4, 8, 12]],
  ["a short clip", [0, 1], 2, [0]],
  ["cuts of scenes", [0, 0.4, 3.9, 4.2, 6.1, 9, 9.1], 12, [0, 4.2, 9]],
])("key frames %s", (_, seconds, end, wanted) => {
  expect(merged(seconds, end)).toEqual(wanted);
});

test("key frames too far apart are refused", () => {
  expect(() => merged([0, 11], 15)).toThrow("11.0 s apart");
  expect(() => merged([0, 4], 20)).toThrow("16.0 s apart");
});
