import { describe, expect, it } from "vitest";
import { clock, durationParts } from "#components/video/duration.ts";

describe("clock", () => {
  it("pads seconds, and minutes only behind hours", () => {
    expect(clock(7_000)).toBe("0:07");
    expect(clock(845_000)).toBe("14:05");
    expect(clock(4_131_000)).toBe("1:08:51");
    expect(clock(3_600_000)).toBe("1:00:00");
  });

  it("never shows a second that has not been reached", () => {
    expect(clock(59_999)).toBe("0:59");
    expect(clock(-5)).toBe("0:00");
  });
});

describe("durationParts", () => {
  it("splits into hours, minutes and seconds", () => {
    expect(durationParts(4_131_999)).toEqual({ hours: 1, minutes: 8, seconds: 51 });
  });
});
