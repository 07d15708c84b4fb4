import { expect, test } from "vitest";
import { chapterClock, chapterFaults, freeStartMs, movedTime, readChapterTime } from "./chapter-draft.ts";

test("times are read as people write them, and written back", () => {
  expect(["65", "1:05", "01:01:05", "0:00,5", " 2:03.25 "].map(readChapterTime)).toEqual([
    ...[65_000, 65_000, 3_665_000, 500, 123_250],
  ]);
  expect(["", "1:65", "1:60:00", "a", "1:2:3:4", "-1"].map(readChapterTime)).toEqual(Array(6).fill(null));
  expect([0, 65_000, 123_250, 3_600_000].map(chapterClock)).toEqual(["0:00", "1:05", "2:03.25", "1:00:00"]);
});

test("a time is moved by seconds, inside the video", () => {
  const moved = (time: string, bySeconds: number) => movedTime({ time, bySeconds, durationMs: 70_000 });
  expect([moved("1:05", 1), moved("1:05", 10), moved("0:03.5", -10), moved("x", 1)]).toEqual([
    ...["1:06", "1:09.999", "0:00", "x"],
  ]);
});

test("each row learns what is wrong with it", () => {
  const rows = [
    { key: 1, time: "0:00", title: "a" },
    { key: 2, time: "0", title: "b" },
    { key: 3, time: "x", title: " " },
    { key: 4, time: "1:00", title: "d" },
  ];
  expect([...chapterFaults({ rows, durationMs: 60_000 })]).toEqual([
    [2, { time: "twice" }],
    [3, { time: "badTime", title: "noName" }],
    [4, { time: "outside" }],
  ]);
});

test("a new chapter begins where the player stands, or where there is room", () => {
  const rows = [{ time: "0:00" }, { time: "1:00" }];
  const at = (playerMs: number, durationMs: number | null) => freeStartMs({ rows, playerMs, durationMs });
  expect(at(12_345, 300_000)).toBe(12_000);
  expect(at(0, 300_000)).toBe(70_000);
  expect(at(60_400, null)).toBe(70_000);
  expect(at(0, 68_000)).toBe(64_000);
  expect(at(0, 61_000)).toBe(60_500);
  expect(at(0, 60_000)).toBe(0);
});
