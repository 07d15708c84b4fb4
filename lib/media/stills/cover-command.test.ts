import { expect, test } from "vitest";
import { coverCommand } from "#lib/media/stills/cover-command.ts";

test("a cover is drawn from the first minutes of its sound, whatever the length", () => {
  const names = { cover: "cover.png", poster: "poster.jpg", pixel: "pixel.rgb" };
  const picture = { origin: "cover" as const, audioStreamIndex: 2, width: 1280, height: 720 };
  const command = coverCommand({ picture, sourcePath: "/original", names });
  expect(command.inputs).toEqual([{ kind: "media", path: "/original", options: ["-t", "300"] }]);
  expect(command.filterGraph).toMatch(/^\[0:2\]aresample=8000,/);
  expect(command.outputs.map(({ name }) => name)).toEqual(Object.values(names));
});
