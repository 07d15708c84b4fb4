import { expect, test } from "vitest";
import type { WatermarkWish } from "#lib/media/plan/wishes.ts";
import { markBranches, markFilters, overlayFilter } from "#lib/media/watermark/watermark-filter.ts";

const mark: WatermarkWish = {
  watermarkId: "01990000-0000-7000-8000-000000000000",
  design: { kind: "image", text: null, position: "bottom-right", opacity: 0.7, scale: 0.2, margin: 0.05 },
  imageKey: "marks/a/b.png",
  imageWidth: 400,
  imageHeight: 100,
};

test("a mark is brought to its size, opacity and the picture's colours", () => {
  expect(markFilters({ mark, picture: { width: 640, height: 360 }, matrix: undefined })).toEqual([
    "format=gbrap",
    "premultiply=inplace=1",
    "scale=128:32:flags=bicubic",
    "unpremultiply=inplace=1",
    "colorchannelmixer=aa=0.7",
    "scale=out_color_matrix=bt601:out_range=tv",
    "format=yuva420p",
  ]);
});

test("colours follow what the file says, else what browsers take for granted", () => {
  const matrixFor = (matrix: "bt709" | "bt601" | "bt2020" | undefined, width: number, height: number) =>
    markFilters({ mark, picture: { width, height }, matrix })[5];
  expect(matrixFor("bt709", 640, 360)).toContain("bt709");
  expect(matrixFor(undefined, 1280, 720)).toContain("bt709");
  expect(matrixFor(undefined, 360, 640)).toContain("bt601");
  expect(matrixFor("bt2020", 1920, 1080)).toContain("bt2020");
});

test("it is laid over every frame at its place", () => {
  expect(overlayFilter({ mark, picture: { width: 640, height: 360 } })).toBe(
    "overlay=x=494:y=310:format=yuv420:eof_action=repeat",
  );
});

test("one image serves all rungs", () => {
  const pictures = [
    { width: 640, height: 360 },
    { width: 1280, height: 720 },
  ];
  const branches = markBranches({ mark, pictures, matrix: "bt709", source: "[1:v]" });
  expect(branches[0]).toBe("[1:v]split=2[m0][m1]");
  expect(branches[1]).toMatch(/^\[m0\]format=gbrap,.*scale=128:32:.*\[k0\]$/);
  expect(branches[2]).toMatch(/^\[m1\]format=gbrap,.*scale=256:64:.*\[k1\]$/);
});
