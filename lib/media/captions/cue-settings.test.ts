import { expect, test } from "vitest";
import { cueSettings } from "#lib/media/captions/cue-settings.ts";

test("places as WebVTT writes them stay, each once and in one form", () => {
  expect(cueSettings("align:start  position:10%,line-left\tline:-2 size:50%")).toBe(
    "align:start position:10%,line-left line:-2 size:50%",
  );
  expect(cueSettings("line:85.5%,center vertical:rl")).toBe("line:85.5%,center vertical:rl");
  expect(cueSettings("align:start align:end")).toBe("align:start");
});

test.each(["", "align:middle", "size:101%", "region:r1", "position:10", "<b>", "line:1,2", "align:start;x"])(
  "%j says nothing",
  (text) => expect(cueSettings(text)).toBe(""),
);

test("long hostile settings cost nothing", () => {
  const began = performance.now();
  expect(cueSettings("align: ".repeat(100_000))).toBe("");
  expect(performance.now() - began).toBeLessThan(200);
});
