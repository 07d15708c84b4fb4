import { describe, expect, it } from "vitest";
import { idleTransfer, remainingSeconds, roundRemaining, type TransferSpeed, takeSample } from "./transfer-speed.ts";

const MB = 1_000_000;

const run = (meter: TransferSpeed, readings: readonly (readonly [number, number])[]) =>
  readings.reduce((state, [atMs, bytes]) => takeSample(state, { atMs, bytes }), meter);

const steady = (
  bytesPerSecond: number,
  { fromMs, toMs, startBytes = 0 }: { fromMs: number; toMs: number; startBytes?: number },
) =>
  Array.from({ length: (toMs - fromMs) / 250 + 1 }, (_, index) => {
    const atMs = fromMs + index * 250;
    return [atMs, startBytes + ((atMs - fromMs) / 1000) * bytesPerSecond] as const;
  });

describe("takeSample", () => {
  it("tells no speed before two readings lie 400 ms apart", () => {
    expect(run(idleTransfer, [[0, 0]]).bytesPerSecond).toBeNull();
    expect(
      run(idleTransfer, [
        [0, 0],
        [250, MB],
      ]).bytesPerSecond,
    ).toBeNull();
  });

  it("tells a steady speed exactly", () => {
    expect(run(idleTransfer, steady(4 * MB, { fromMs: 0, toMs: 6_000 })).bytesPerSecond).toBeCloseTo(4 * MB, 0);
  });

  it("follows a change within some seconds without jumping at once", () => {
    const fast = run(idleTransfer, steady(10 * MB, { fromMs: 0, toMs: 10_000 }));
    const justSlower = run(fast, [[10_500, 100 * MB + 0.5 * MB]]);
    expect(justSlower.bytesPerSecond).toBeGreaterThan(8 * MB);
    const slow = run(fast, steady(MB, { fromMs: 10_250, toMs: 30_000, startBytes: 100 * MB }));
    expect(slow.bytesPerSecond).toBeLessThan(1.2 * MB);
  });

  it("counts time, not events: a burst of readings within 200 ms changes nothing", () => {
    const meter = run(idleTransfer, steady(2 * MB, { fromMs: 0, toMs: 2_000 }));
    expect(
      run(meter, [
        [2_050, 9 * MB],
        [2_100, 10 * MB],
      ]),
    ).toEqual(meter);
  });

  it("begins anew when the server kept less than was sent", () => {
    const meter = run(idleTransfer, steady(2 * MB, { fromMs: 0, toMs: 2_000 }));
    expect(takeSample(meter, { atMs: 3_000, bytes: MB })).toEqual({
      samples: [{ atMs: 3_000, bytes: MB }],
      bytesPerSecond: null,
    });
  });
});

describe("remaining time", () => {
  it("is unknown without a speed", () => {
    expect(remainingSeconds({ bytesLeft: MB, bytesPerSecond: null })).toBeNull();
    expect(remainingSeconds({ bytesLeft: MB, bytesPerSecond: 0 })).toBeNull();
  });

  it.each([
    [0.2, 1],
    [28.4, 29],
    [96.2, 100],
    [301, 360],
    [7_000, 7_020],
  ])("rounds %s s to %s s", (seconds, rounded) => {
    expect(roundRemaining(seconds)).toBe(rounded);
  });
});
