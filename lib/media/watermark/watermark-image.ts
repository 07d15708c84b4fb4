import { imageFormatOf } from "#lib/media/stills/image-command.ts";

/** What the first bytes of a sent picture tell. */
export type ImageFacts = { format: "png" | "webp"; width: number; height: number; animated: boolean };

const text = (bytes: Uint8Array, at: number) => String.fromCharCode(...bytes.subarray(at, at + 4));

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** Chunks before the first picture data are few; a file that says otherwise is not walked to its end. */
const maxChunks = 200;

/** IHDR comes first (PNG, 11.2.2); `acTL` before the first `IDAT` makes it an animation (PNG, third edition, 11.3.6). */
const pngFacts = (bytes: Uint8Array): ImageFacts | null => {
  const view = viewOf(bytes);
  if (bytes.byteLength < 33 || text(bytes, 12) !== "IHDR") return null;
  let at = 8;
  let animated = false;
  for (let chunk = 0; chunk < maxChunks && at + 8 <= bytes.byteLength; chunk += 1) {
    const kind = text(bytes, at + 4);
    if (kind === "IDAT" || kind === "IEND") break;
    animated ||= kind === "acTL";
    at += 12 + view.getUint32(at);
  }
  return { format: "png", width: view.getUint32(16), height: view.getUint32(20), animated };
};

const uint24 = (bytes: Uint8Array, at: number) =>
  (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16);

/** The first chunk is `VP8 `, `VP8L` or `VP8X` (RFC 9649, 2.5 to 2.7); `VP8X` says whether it moves. */
const webpFacts = (bytes: Uint8Array): ImageFacts | null => {
  if (bytes.byteLength < 30) return null;
  const view = viewOf(bytes);
  const base = { format: "webp", animated: false } as const;
  switch (text(bytes, 12)) {
    case "VP8X":
      return {
        ...base,
        animated: ((bytes[20] ?? 0) & 2) !== 0,
        width: uint24(bytes, 24) + 1,
        height: uint24(bytes, 27) + 1,
      };
    case "VP8L": {
      const bits = view.getUint32(21, true);
      return { ...base, width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
    }
    case "VP8 ":
      return { ...base, width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
    default:
      return null;
  }
};

/**
 * Format, size and movement of a PNG or WebP by its own header; null for every other file. A header may lie: what counts
 * is what the confined decoder makes of it.
 */
export const inspectImage = (bytes: Uint8Array): ImageFacts | null => {
  const format = imageFormatOf(bytes);
  if (format === "png") return pngFacts(bytes);
  return format === "webp" ? webpFacts(bytes) : null;
};

/** Width and height of a PNG that we made, or null when it is none. */
export const pngSize = (bytes: Uint8Array): { width: number; height: number } | null => {
  const facts = inspectImage(bytes);
  return facts?.format === "png" ? { width: facts.width, height: facts.height } : null;
};
