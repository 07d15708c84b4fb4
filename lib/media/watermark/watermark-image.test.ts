import { expect, test } from "vitest";
import { markImageCommand } from "#lib/media/watermark/watermark-command.ts";
import { inspectImage, pngSize } from "#lib/media/watermark/watermark-image.ts";

const ascii = (text: string) => [...Buffer.from(text, "latin1")];
const uint32 = (value: number) => [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
const chunk = (kind: string, data: number[]) => [...uint32(data.length), ...ascii(kind), ...data, 0, 0, 0, 0];
const png = (...chunks: number[][]) =>
  Uint8Array.from([
    ...ascii("\x89PNG\r\n\x1a\n"),
    ...chunk("IHDR", [...uint32(400), ...uint32(100), 8, 6, 0, 0, 0]),
    ...chunks.flat(),
  ]);
const webp = (...rest: number[]) =>
  Uint8Array.from([...ascii("RIFF\0\0\0\0WEBP"), ...rest, ...new Array<number>(30).fill(0)]);

test("a PNG tells its size, and an animation by its control chunk", () => {
  const still = png(chunk("gAMA", [0, 0, 0, 1]), chunk("IDAT", [1]), chunk("acTL", [0]));
  expect(inspectImage(still)).toEqual({ format: "png", width: 400, height: 100, animated: false });
  expect(inspectImage(png(chunk("acTL", [0, 0, 0, 2, 0, 0, 0, 0]), chunk("IDAT", [1])))?.animated).toBe(true);
  expect(pngSize(still)).toEqual({ width: 400, height: 100 });
});

test("a PNG whose chunks lie about their length ends the search, not the process", () => {
  expect(inspectImage(png([...uint32(0xffffffff), ...ascii("tEXt")]))?.animated).toBe(false);
  expect(inspectImage(png().subarray(0, 20))).toBeNull();
});

test("a WebP tells its size in each of its three forms", () => {
  const lossy = webp(...ascii("VP8 "), 0, 0, 0, 0, 0, 0, 0, 0x9d, 1, 0x2a, 0x90, 0x41, 0x64, 0x40);
  expect(inspectImage(lossy)).toEqual({ format: "webp", width: 400, height: 100, animated: false });
  const bits = (400 - 1) | ((100 - 1) << 14);
  const lossless = webp(
    ...ascii("VP8L"),
    0,
    0,
    0,
    0,
    0x2f,
    bits & 255,
    (bits >> 8) & 255,
    (bits >> 16) & 255,
    bits >>> 24,
  );
  expect(inspectImage(lossless)).toEqual({ format: "webp", width: 400, height: 100, animated: false });
  const extended = (flags: number) => webp(...ascii("VP8X"), 10, 0, 0, 0, flags, 0, 0, 0, 0x8f, 1, 0, 99, 0, 0);
  expect(inspectImage(extended(0x10))).toEqual({ format: "webp", width: 400, height: 100, animated: false });
  expect(inspectImage(extended(0x12))?.animated).toBe(true);
});

test("nothing else is a picture", () => {
  for (const text of ["GIF89a", "<svg xmlns=", "#EXTM3U\n", "\xff\xd8\xff\xe0", "", "RIFF\0\0\0\0WAVEfmt "]) {
    expect(inspectImage(Uint8Array.from(ascii(text)))).toBeNull();
  }
});

test("a sent picture is made anew, no larger than a mark is ever shown", () => {
  const command = markImageCommand({ path: "/store/sent", format: "webp" });
  expect(command.inputs).toEqual([{ kind: "image", path: "/store/sent", format: "webp", options: [] }]);
  expect(command.filterGraph).toContain("scale='min(iw,2048)':'min(ih,2048)':force_original_aspect_ratio=decrease");
});
