import { expect, test } from "vitest";
import { coverCommand } from "#lib/media/stills/cover-command.ts";

test("a cover is drawn from the first minutes of its sound, whatever the length", () => {
  const names = { cover: "cover.png", poster: "poster.jpg", pixel: "pixel.rgb", thumbnail: null };
  const picture = { origin: "cover" as const, audioStreamIndex: 2, width: 1280, height: 720 };
  const command = coverCommand({ picture, sourcePath: "/original", names });
  expect(command.inputs).toEqual([{ kind: "media", path: "/original", options: ["-t", "300"] }]);
  expect(command.filterGraph).toMatch(/^\[0:2\]aresample=8000,/);
  expect(command.outputs.map(({ name }) => name)).toEqual(["cover.png", "poster.jpg", "pixel.rgb"]);
});

test("the small copies of a drawn poster come of the same drawing", () => {
  const thumbnail = (width: number) => `small-${width}.webp`;
  const names = { cover: "cover.png", poster: "poster.jpg", pixel: "pixel.rgb", thumbnail };
  const picture = { origin: "cover" as const, audioStreamIndex: 0, width: 640, height: 360 };
  const { filterGraph, outputs } = coverCommand({ picture, sourcePath: "/original", names });
  expect(outputs.map(({ name }) => name).slice(3)).toEqual(["small-320.webp", "small-640.webp"]);
  expect(filterGraph).toContain("split=5[a][b][c][s0][s1];");
  expect(filterGraph).toContain(
    "[s0]scale=320:180:flags=bicubic:out_color_matrix=bt601:out_range=tv,format=yuv420p[t0]",
  );
});
