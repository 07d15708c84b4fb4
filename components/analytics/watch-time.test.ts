import { expect, test } from "vitest";
import { formatWait, formatWatchTime } from "#components/analytics/watch-time.ts";

const plain = (text: string) => text.replaceAll(/\s/gu, " ");

test("watched time is minutes, then hours", () => {
  const times = [0, 59_000, 38 * 60_000, 3_600_000, 44_640_000, 4_348_800_000];
  expect(times.map((ms) => plain(formatWatchTime({ ms, locale: "en" })))).toEqual([
    ...["0 min", "1 min", "38 min", "1 hr", "12.4 hr", "1,208 hr"],
  ]);
  expect(plain(formatWatchTime({ ms: 44_640_000, locale: "uk" }))).toBe("12,4 год");
});

test("waits are milliseconds, then seconds", () => {
  expect([240, 999, 1_400, 12_000].map((ms) => plain(formatWait({ ms, locale: "en" })))).toEqual([
    ...["240 ms", "999 ms", "1.4 sec", "12 sec"],
  ]);
});
