import { expect, test } from "vitest";
import { fillFilters, posterImageCommand } from "#lib/media/stills/poster-image-command.ts";

test("a picture is cut to the shape before it is scaled, so that nothing on the way is larger than both ends", () => {
  const [crop, scale] = fillFilters({ width: 1280, height: 720 });
  expect(crop).toBe("crop=w='max(1,min(iw,round(ih*1280/720)))':h='max(1,min(ih,round(iw*720/1280)))':exact=1");
  expect(scale).toBe("scale=1280:720:flags=bicubic");
});

test("poster and mean colour come of one reading", () => {
  const command = posterImageCommand({
    ...{ path: "/store/picture", format: "png", size: { width: 1280, height: 720 } },
    names: { poster: "poster.jpg", pixel: "pixel.rgb" },
  });
  expect(command.inputs).toHaveLength(1);
  expect(command.outputs.map(({ name }) => name)).toEqual(["poster.jpg", "pixel.rgb"]);
  expect(command.filterGraph).toMatch(/setsar=1,scale=1:1:flags=area,format=rgb24\[o1\]$/);
});
