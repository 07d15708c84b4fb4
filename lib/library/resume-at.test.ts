import { expect, test } from "vitest";
import { resumeAt } from "#lib/library/resume-at.ts";

test.each([
  ["hardly begun", 4_999, 600_000, null],
  ["in the middle", 300_000, 600_000, 300_000],
  ["before the credits", 569_000, 600_000, 569_000],
  ["within the last seconds", 590_000, 600_000, null],
  ["at the end", 600_000, 600_000, null],
  ["behind the end of a file that was replaced", 900_000, 600_000, null],
  ["near the end of a short one", 9_600, 10_000, null],
  ["of a length that nobody knows", 60_000, null, 60_000],
])("goes on %s", (_, positionMs, durationMs, expected) => {
  expect(resumeAt({ positionMs, durationMs })).toBe(expected);
});
