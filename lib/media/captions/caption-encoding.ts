/** Encodings that caption files come in. */
export type CaptionEncoding = "utf-8" | "utf-16le" | "utf-16be" | "windows-1251" | "windows-1252";

const decode = (bytes: Uint8Array, encoding: CaptionEncoding, fatal = false): string | null => {
  try {
    // The mark at the beginning is not a letter; the decoder drops it.
    return new TextDecoder(encoding, { fatal }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
};

const marked = (bytes: Uint8Array): CaptionEncoding | null => {
  const [first, second, third] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return "utf-8";
  if (first === 0xff && second === 0xfe) return "utf-16le";
  return first === 0xfe && second === 0xff ? "utf-16be" : null;
};

/** Times and signs of a caption file are ASCII: in two-byte text every second byte of theirs is zero. */
const twoByte = (bytes: Uint8Array): CaptionEncoding | null => {
  const sample = bytes.subarray(0, 4096);
  const zeros = [0, 0];
  for (const [index, byte] of sample.entries()) if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  if (odd > sample.length / 10 && even < odd / 4) return "utf-16le";
  return even > sample.length / 10 && odd < even / 4 ? "utf-16be" : null;
};

const scoreSample = 64 * 1024;
const cyrillic = /[\u0400-\u052f]/;
const latin = /[A-Za-z]/;
const accented = /[\u00c0-\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e]/;
const odd = /[\u0080-\u009f\ufffd\u00d7\u00f7\u00a4\u00a6\u00b1-\u00b3\u00b5\u00b6\u00b8\u00b9\u00bc-\u00be]/;

/** Cyrillic words are Cyrillic throughout, and small letters follow great ones, not the other way round. */
const cyrillicScore = (text: string): number => {
  let score = 0;
  for (let at = 1; at < text.length; at += 1) {
    const [before, here] = [text.charAt(at - 1), text.charAt(at)];
    const mixed = (cyrillic.test(before) && latin.test(here)) || (latin.test(before) && cyrillic.test(here));
    if (mixed) score -= 2;
    else if (cyrillic.test(before) && cyrillic.test(here)) {
      const turned = before === before.toLowerCase() && here !== here.toLowerCase();
      score += turned ? -1 : 1;
    } else if (odd.test(here)) score -= 1;
  }
  return score;
};

/** In western languages an accented letter stands among plain ones; rows of them are another alphabet's letters. */
const westernScore = (text: string): number => {
  let score = 0;
  for (let at = 1; at < text.length; at += 1) {
    const [before, here] = [text.charAt(at - 1), text.charAt(at)];
    if (accented.test(before) && accented.test(here)) score -= 2;
    else if ((accented.test(before) && latin.test(here)) || (latin.test(before) && accented.test(here))) score += 1;
    else if (odd.test(here)) score -= 1;
  }
  return score;
};

/**
 * Reads the bytes of a caption file as text: by its mark, as UTF-16 when every second byte is zero, as UTF-8 when it is
 * valid, else as whichever of windows-1251 and windows-1252 gives words that look like words. Never throws.
 */
export const decodeCaptions = (bytes: Uint8Array): { text: string; encoding: CaptionEncoding } => {
  const known = marked(bytes) ?? twoByte(bytes);
  if (known !== null) return { text: decode(bytes, known) ?? "", encoding: known };
  const text = decode(bytes, "utf-8", true);
  if (text !== null) return { text, encoding: "utf-8" };
  const sample = bytes.subarray(0, scoreSample);
  const encoding: CaptionEncoding =
    cyrillicScore(decode(sample, "windows-1251") ?? "") > westernScore(decode(sample, "windows-1252") ?? "")
      ? "windows-1251"
      : "windows-1252";
  return { text: decode(bytes, encoding) ?? "", encoding };
};
