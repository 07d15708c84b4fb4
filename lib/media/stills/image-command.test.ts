import { describe, expect, test } from "vitest";
import { imageCommand, imageFormatOf, jpegEncoder, rawEncoder } from "#lib/media/stills/image-command.ts";

describe("imageFormatOf", () => {
  const bytes = (text: string) => new Uint8Array(Buffer.from(text, "latin1"));

  test("goes by the first bytes", () => {
    expect(imageFormatOf(bytes("\x89PNG\r\n\x1a\n...."))).toBe("png");
    expect(imageFormatOf(bytes("\xff\xd8\xff\xe0...."))).toBe("jpeg");
    expect(imageFormatOf(bytes("RIFF\x00\x00\x00\x00WEBPVP8 "))).toBe("webp");
  });

  test("knows no other format, nor half a signature", () => {
    for (const other of ["GIF89a", "<svg xmlns=", "RIFF\x00\x00\x00\x00WAVE", "\x89PNG", "", "#EXTM3U"]) {
      expect(imageFormatOf(bytes(other))).toBeNull();
    }
  });
});

test("one picture becomes several by filters of ours", () => {
  const command = imageCommand({
    path: "/store/picture",
    format: "webp",
    outputs: [
      { name: "poster.jpg", filters: ["scale=1280:720"], encoder: jpegEncoder },
      { name: "pixel.rgb", filters: ["scale=1:1:flags=area", "format=rgb24"], encoder: rawEncoder },
    ],
  });
  expect(command.inputs).toEqual([{ kind: "image", path: "/store/picture", format: "webp", options: [] }]);
  expect(command.filterGraph).toBe(
    "[0:v:0]split=2[s0][s1];[s0]scale=1280:720[o0];[s1]scale=1:1:flags=area,format=rgb24[o1]",
  );
  expect(command.outputs.map(({ name }) => name)).toEqual(["poster.jpg", "pixel.rgb"]);
  expect(command.outputs[0]?.options.slice(0, 5)).toEqual(["-map", "[o0]", "-frames:v", "1", "-an"]);
});
