import { describe, expect, test } from "vitest";
import { textMarkCommand, textMaskCommand } from "#lib/media/watermark/watermark-command.ts";
import { inkBox, missingSigns, parseUnicodeRanges, textScript } from "#lib/media/watermark/watermark-text.ts";

describe("textScript", () => {
  const lineOf = (text: string) => textScript(text).split("\n").at(-2);

  test("ends in one line with the text", () => {
    expect(lineOf("© Студія Їжак, 2026")).toBe("Dialogue: 0,0:00:00.00,0:01:00.00,Mark,,0,0,0,,© Студія Їжак, 2026");
  });

  test("leaves no command, no override and no second line in it", () => {
    const line = lineOf("{\\fs999}a\\Nb\r\nDialogue: 0,0,0,Mark,,0,0,0,,c\u2028d\u0000");
    expect(line).toContain("\\{\\\u2060fs999}a\\\u2060Nb Dialogue: 0,0,0,Mark,,0,0,0,,c d ");
    expect(textScript("a\nb").split("\n")).toHaveLength(textScript("a").split("\n").length);
  });
});

test("the signs that a font has not are named once each", () => {
  const ranges = parseUnicodeRanges(["U+0000-00FF,U+0131", "U+0400-045F,U+2116"]);
  expect(ranges).toContainEqual([0x131, 0x131]);
  expect(missingSigns("Кіно № 1, café", ranges)).toEqual([]);
  expect(missingSigns("電影 kino 電 🎬", ranges)).toEqual(["電", "影", "🎬"]);
});

describe("inkBox", () => {
  test("is the smallest box around what is not black", () => {
    const grey = new Uint8Array(8 * 4);
    grey[1 * 8 + 2] = 1;
    grey[2 * 8 + 5] = 255;
    expect(inkBox(grey, { width: 8, height: 4 })).toEqual({ x: 2, y: 1, width: 4, height: 2 });
  });

  test("of a black picture is none", () => {
    expect(inkBox(new Uint8Array(32), { width: 8, height: 4 })).toBeNull();
  });
});

test("no text of a person's is in any argument", () => {
  expect(textMaskCommand()).toMatchInlineSnapshot(`
    {
      "filterGraph": "[0:v]format=gbrp,ass=mark.ass:fontsdir=fonts,extractplanes=g,split=2[a][b]",
      "inputs": [
        {
          "kind": "generated",
          "options": [],
          "source": "color=black:s=8192x256:r=1:d=1",
        },
      ],
      "outputs": [
        {
          "name": "mask.png",
          "options": [
            "-map",
            "[a]",
            "-frames:v",
            "1",
            "-an",
            "-sn",
            "-dn",
            "-map_metadata",
            "-1",
            "-map_chapters",
            "-1",
            "-fflags",
            "+bitexact",
            "-c:v",
            "png",
            "-f",
            "image2",
            "-update",
            "1",
          ],
        },
        {
          "name": "mask.gray",
          "options": [
            "-map",
            "[b]",
            "-frames:v",
            "1",
            "-an",
            "-sn",
            "-dn",
            "-map_metadata",
            "-1",
            "-map_chapters",
            "-1",
            "-fflags",
            "+bitexact",
            "-c:v",
            "rawvideo",
            "-f",
            "rawvideo",
          ],
        },
      ],
    }
  `);
  expect(textMarkCommand({ x: 4, y: 90, width: 300, height: 70 })).toMatchInlineSnapshot(`
    {
      "filterGraph": "[0:v]format=gray,crop=316:94:0:78:exact=1,split=2[a][b];[b]gblur=sigma=4,lut=y='val*0.6'[soft];color=black:s=316x94:r=1:d=1,format=gbrp[dark];color=white:s=316x94:r=1:d=1,format=gbrp[light];[dark][soft]alphamerge[shadow];[light][a]alphamerge[letters];[shadow][letters]overlay=format=gbrp,format=rgba[mark]",
      "inputs": [
        {
          "kind": "cover",
          "name": "mask.png",
          "options": [],
        },
      ],
      "outputs": [
        {
          "name": "mark.png",
          "options": [
            "-map",
            "[mark]",
            "-frames:v",
            "1",
            "-an",
            "-sn",
            "-dn",
            "-map_metadata",
            "-1",
            "-map_chapters",
            "-1",
            "-fflags",
            "+bitexact",
            "-c:v",
            "png",
            "-pix_fmt",
            "rgba",
            "-f",
            "image2",
            "-update",
            "1",
          ],
        },
      ],
    }
  `);
});
