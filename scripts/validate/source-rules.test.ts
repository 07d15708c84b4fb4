import { expect, test } from "vitest";
import { matchingLines } from "#scripts/validate/source-rules.ts";

test("a line of code that matches is named with its place, comments are not", () => {
  const text = ["// red", "/* red", " red */", "const a = 1; // why", 'const b = "red";'].join("\n");
  expect(matchingLines({ path: "a.ts", text }, /red/)).toEqual(['a.ts:5 const b = "red";']);
});
