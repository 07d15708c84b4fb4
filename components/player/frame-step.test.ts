import { describe, expect, it } from "vitest";
import { frameStep } from "#components/player/frame-step.ts";

describe("frameStep", () => {
  it("lands in the middle of the next and of the former frame", () => {
    expect(frameStep({ atSeconds: 1, frameRate: 25, step: 1 })).toBeCloseTo(1.06, 6);
    expect(frameStep({ atSeconds: 1.02, frameRate: 25, step: -1 })).toBeCloseTo(0.98, 6);
  });

  it("moves one frame at a time, there and back", () => {
    let at = 10;
    const frames = new Set<number>();
    for (let count = 0; count < 60; count++) {
      at = frameStep({ atSeconds: at, frameRate: 29.97, step: 1 });
      frames.add(Math.floor(at * 29.97));
    }
    expect(frames.size).toBe(60);
    for (let count = 0; count < 60; count++) at = frameStep({ atSeconds: at, frameRate: 29.97, step: -1 });
    expect(Math.floor(at * 29.97)).toBe(Math.floor(10 * 29.97));
  });

  it("stays at the beginning, and takes a usual rate where none is known", () => {
    expect(frameStep({ atSeconds: 0, frameRate: 50, step: -1 })).toBe(0);
    expect(frameStep({ atSeconds: 0, frameRate: null, step: 1 })).toBeCloseTo(0.06, 6);
    expect(frameStep({ atSeconds: 0, frameRate: 0, step: 1 })).toBeCloseTo(0.06, 6);
  });
});
