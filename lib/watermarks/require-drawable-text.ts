import font from "@fontsource-variable/inter/unicode.json" with { type: "json" };
import { AppError } from "#lib/errors.ts";
import { missingSigns, parseUnicodeRanges } from "#lib/media/watermark/watermark-text.ts";

const ranges = parseUnicodeRanges(Object.values(font));

/** Throws `invalid_input` for a text with signs that the bundled font has not, and names them. */
export const requireDrawableText = (text: string): void => {
  const missing = missingSigns(text, ranges);
  if (missing.length === 0) return;
  throw new AppError("invalid_input", {
    message: "The text has signs that cannot be drawn.",
    hint: "Write it in Latin, Cyrillic or Greek letters, or send it as an image.",
    fields: { text: `These cannot be drawn: ${missing.slice(0, 5).join(" ")}` },
  });
};
