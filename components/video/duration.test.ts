import { describe, expect, it } from "vitest";
import { clock, durationParts, lengthClock } from "#components/video/duration.ts";

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

describe("a length", () => {
  it("is rounded to whole seconds, in figures and in words alike", () => {
    expect(lengthClock(9_960)).toBe("0:10");
    expect(lengthClock(10_040)).toBe("0:10");
    expect(lengthClock(59_600)).toBe("1:00");
    expect(durationParts(59_600)).toEqual({ hours: 0, minutes: 1, seconds: 0 });
    expect(durationParts(4_131_400)).toEqual({ hours: 1, minutes: 8, seconds: 51 });
  });

  it("is a second for what is shorter", () => {
    expect(lengthClock(120)).toBe("0:01");
    expect(lengthClock(0)).toBe("0:00");
  });
});
