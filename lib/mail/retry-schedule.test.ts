import { describe, expect, it } from "vitest";
import { mailRetryDelayMs, mostMailAttempts } from "#lib/mail/retry-schedule.ts";

describe("mailRetryDelayMs", () => {
  const delays = Array.from({ length: mostMailAttempts }, (_, index) => mailRetryDelayMs(index + 1));

  it("waits longer each time, up to two hours", () => {
    expect(delays.slice(0, 9)).toEqual([30, 60, 120, 240, 480, 960, 1920, 3840, 7200].map((seconds) => seconds * 1000));
    expect(Math.max(...delays.map((delay) => delay ?? 0))).toBe(7_200_000);
  });

  it("goes on for a day and then ends", () => {
    expect(delays.at(-1)).toBeNull();
    const hours = delays.reduce((sum: number, delay) => sum + (delay ?? 0), 0) / 3_600_000;
    expect(hours).toBeGreaterThan(24);
    expect(hours).toBeLessThan(25);
  });
});
