import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { stuckWatch } from "#components/player/stuck-watch.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const watch = () => {
  const state = { well: false, given: [] as string[] };
  const watching = stuckWatch({ give: (problem) => state.given.push(problem), isWell: () => state.well });
  return { state, ...watching };
};

test("a fault is given up when the picture stays away, and forgotten when it comes", () => {
  const stays = watch();
  stays.onFault("gone");
  vi.advanceTimersByTime(7_000);
  expect(stays.state.given).toEqual([]);
  vi.advanceTimersByTime(2_000);
  expect(stays.state.given).toEqual(["gone"]);

  const comes = watch();
  comes.onFault("media");
  comes.state.well = true;
  vi.advanceTimersByTime(60_000);
  expect(comes.state.given).toEqual([]);
});

test("a refused codec is named, whatever else fails because of it", () => {
  const { state, onFault, isRefused } = watch();
  onFault("codec");
  onFault("media");
  expect(isRefused()).toBe(true);
  vi.advanceTimersByTime(9_000);
  expect(state.given).toEqual(["codec"]);
});

test("pieces that never make a picture are not loaded for ever; those before the first frame are no reason", () => {
  const { state, onPiece } = watch();
  for (let piece = 0; piece < 5; piece += 1) onPiece();
  state.well = true;
  onPiece();
  state.well = false;
  for (let piece = 0; piece < 8; piece += 1) onPiece();
  expect(state.given).toEqual([]);
  onPiece();
  expect(state.given).toEqual(["media"]);
});
