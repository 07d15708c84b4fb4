import { describe, expect, test } from "vitest";
import { thumbnailSizes, thumbnailsCommand } from "#lib/media/stills/thumbnail-command.ts";

describe("the small copies of a poster", () => {
  test("have its shape and the widths of cards", () => {
    expect(thumbnailSizes({ width: 1280, height: 720 })).toEqual([
      { width: 320, height: 180 },
      { width: 640, height: 360 },
    ]);
  });

  test("of an upright one are measured by its width", () => {
    expect(thumbnailSizes({ width: 720, height: 1280 })).toEqual([
      { width: 320, height: 568 },
      { width: 640, height: 1138 },
    ]);
  });

  test("are never wider than it, and as wide at most", () => {
    expect(thumbnailSizes({ width: 640, height: 360 }).map(({ width }) => width)).toEqual([320, 640]);
    expect(thumbnailSizes({ width: 638, height: 360 }).map(({ width }) => width)).toEqual([320]);
    expect(thumbnailSizes({ width: 318, height: 1280 })).toEqual([]);
  });

  test("of a very low one are high enough to be pictures", () => {
    expect(thumbnailSizes({ width: 1280, height: 2 }).map(({ height }) => height)).toEqual([2, 2]);
  });
});

test("all small copies of several posters come of one run, each picture read once", () => {
  const command = thumbnailsCommand([
    { path: "/a.jpg", sizes: thumbnailSizes({ width: 1280, height: 720 }), name: (width) => `a-${width}.webp` },
    { path: "/b.jpg", sizes: thumbnailSizes({ width: 400, height: 300 }), name: (width) => `b-${width}.webp` },
  ]);
  expect(command.inputs).toEqual([
    { kind: "image", format: "jpeg", path: "/a.jpg", options: [] },
    { kind: "image", format: "jpeg", path: "/b.jpg", options: [] },
  ]);
  expect(command.filterGraph?.split(";")).toEqual([
    "[0:v:0]split=2[s0x0][s0x1]",
    "[s0x0]scale=320:180:flags=bicubic:in_range=pc:out_range=tv,format=yuv420p[o0x0]",
    "[s0x1]scale=640:360:flags=bicubic:in_range=pc:out_range=tv,format=yuv420p[o0x1]",
    "[1:v:0]split=1[s1x0]",
    "[s1x0]scale=320:240:flags=bicubic:in_range=pc:out_range=tv,format=yuv420p[o1x0]",
  ]);
  expect(command.outputs.map(({ name }) => name)).toEqual(["a-320.webp", "a-640.webp", "b-320.webp"]);
  expect(command.outputs[2]?.options.join(" ")).toContain("-map [o1x0] -frames:v 1");
  expect(command.outputs[2]?.options.join(" ")).toContain("-c:v libwebp -pix_fmt yuv420p -quality 75");
});
