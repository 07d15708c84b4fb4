import { describe, expect, it } from "vitest";
import { sessionPosition } from "#components/player/session-position.ts";

describe("sessionPosition", () => {
  it("tells time and speed", () => {
    expect(sessionPosition({ durationSeconds: 60, atSeconds: 12.5, rate: 1.5 })).toEqual({
      duration: 60,
      position: 12.5,
      playbackRate: 1.5,
    });
  });

  it("tells nothing that browsers would throw at", () => {
    expect(sessionPosition({ durationSeconds: Number.NaN, atSeconds: 0, rate: 1 })).toBeNull();
    expect(sessionPosition({ durationSeconds: Number.POSITIVE_INFINITY, atSeconds: 0, rate: 1 })).toBeNull();
    expect(sessionPosition({ durationSeconds: 10, atSeconds: 10.02, rate: 0 })).toEqual({
      duration: 10,
      position: 10,
      playbackRate: 1,
    });
  });
});
