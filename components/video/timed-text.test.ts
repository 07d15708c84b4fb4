import { describe, expect, test } from "vitest";
import { timedText } from "#components/video/timed-text.ts";

const times = (text: string, durationMs: number | null = 2 * 3_600_000) =>
  timedText(text, durationMs).flatMap((part) => (part.kind === "time" ? [[part.text, part.seconds]] : []));

describe("moments in a comment", () => {
  test.each([
    ["1:23 is the best", [["1:23", 83]]],
    [
      "look (0:05), then at 12:03.",
      [
        ["0:05", 5],
        ["12:03", 723],
      ],
    ],
    ["1:02:03!", [["1:02:03", 3723]]],
    ["75:00 of it", [["75:00", 4500]]],
    [
      "тут 2:10–2:30",
      [
        ["2:10", 130],
        ["2:30", 150],
      ],
    ],
  ])("are found: %s", (text, expected) => {
    expect(times(text)).toEqual(expected);
  });

  test.each([
    ["a ratio of 16:9"],
    ["2026-11-21T10:15:30.5"],
    ["1:75 is no time"],
    ["1:99:00 neither"],
    ["1:2:3:44"],
    ["https://example.org/1:23"],
    ["1:23:45:12"],
  ])("are not seen where there are none: %s", (text) => {
    expect(times(text)).toEqual([]);
  });

  test("are only those within the video", () => {
    expect(times("1:00 and 9:00", 120_000)).toEqual([["1:00", 60]]);
    expect(times("9:00", null)).toEqual([["9:00", 540]]);
  });

  test("leave every other sign of the text as it is", () => {
    const text = "First\nat 1:23, see https://example.org/a?t=1:23 and <b>0:01</b>";
    expect(
      timedText(text, null)
        .map((part) => part.text)
        .join(""),
    ).toBe(text);
  });
});
