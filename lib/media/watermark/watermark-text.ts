/** Room for the longest text of wide letters; what is drawn is cut to its ink afterwards. */
export const textCanvas = { width: 8192, height: 256 } as const;

// Height of a line in the canvas; sharp enough for a mark as wide as half a 4K picture.
const lineHeight = 96;

/** Names of fields in their order, and the one style: the bundled font, white, somewhat bold, in the middle. */
const head = `[Script Info]
ScriptType: v4.00+
PlayResX: ${textCanvas.width}
PlayResY: ${textCanvas.height}
WrapStyle: 2

[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, Encoding
Style: Mark,Inter,${lineHeight},&H00FFFFFF,&H00FFFFFF,&H00FFFFFF,&H00FFFFFF,600,0,0,0,100,100,0,0,1,0,0,5,0,0,0,-1

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
`;

const wordJoiner = "\u2060";

/** Nothing in it is a command, an override or a second line any more. */
const plain = (text: string): string =>
  text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ")
    // A backslash that something invisible follows is only a backslash.
    .replaceAll("\\", `\\${wordJoiner}`)
    .replaceAll("{", "\\{");

/**
 * A text as a subtitle script (Advanced SubStation Alpha), whose renderer shapes letters and finds each in the file of the
 * bundled font that has it. It is read from a file: no text of a person's comes near an argument.
 */
export const textScript = (text: string): string =>
  `${head}Dialogue: 0,0:00:00.00,0:01:00.00,Mark,,0,0,0,,${plain(text)}\n`;

/** First and last code point of a stretch that the font has. */
export type CodePointRange = readonly [first: number, last: number];

/** Reads CSS `unicode-range` lists: `U+0000-00FF,U+0131`. */
export const parseUnicodeRanges = (lists: readonly string[]): CodePointRange[] =>
  lists
    .flatMap((list) => list.split(","))
    .map((part) => {
      const [first = "", last = first] = part.trim().replace(/^U\+/i, "").split("-");
      return [Number.parseInt(first, 16), Number.parseInt(last, 16)] as const;
    });

/** The signs of a text that the font cannot draw, each once. */
export const missingSigns = (text: string, ranges: readonly CodePointRange[]): string[] => [
  ...new Set(
    [...text.normalize("NFC")].filter((sign) => {
      const code = sign.codePointAt(0) ?? 0;
      return !ranges.some(([first, last]) => code >= first && code <= last);
    }),
  ),
];

/** The smallest box around everything that is not black in a grey picture; null when all of it is. */
export const inkBox = (
  grey: Uint8Array,
  size: { width: number; height: number },
): { x: number; y: number; width: number; height: number } | null => {
  let [left, right, top, bottom] = [size.width, -1, size.height, -1];
  for (let y = 0; y < size.height; y += 1) {
    const row = grey.subarray(y * size.width, (y + 1) * size.width);
    const first = row.findIndex((value) => value > 0);
    if (first < 0) continue;
    left = Math.min(left, first);
    right = Math.max(
      right,
      row.findLastIndex((value) => value > 0),
    );
    top = Math.min(top, y);
    bottom = y;
  }
  return right < 0 ? null : { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
};
