/**
 * Sample entries of protected tracks (ISO/IEC 14496-12 section 8.12; `drmi` and `drms` are an older shop's own), each
 * with the `sinf` box that such an entry must hold. ffprobe reports the codec underneath and says nothing of it.
 */
const protectedEntries = ["encv", "enca", "enct", "encs", "drmi", "drms"];

/**
 * Whether a `moov` box declares protected tracks. Looks for the words instead of walking the boxes, so that no size in
 * a hostile file matters; both must stand in it, which no harmless index does by chance.
 */
export const declaresProtection = (moov: Uint8Array): boolean => {
  const text = Buffer.from(moov.buffer, moov.byteOffset, moov.byteLength);
  return text.includes("sinf", 0, "latin1") && protectedEntries.some((entry) => text.includes(entry, 0, "latin1"));
};

/** A top-level box: where its body begins and its whole size. `size` 0 means up to the end of the file. */
export const readBoxHead = (head: Uint8Array): { type: string; headBytes: number; sizeBytes: number } | null => {
  if (head.byteLength < 16) return null;
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const type = String.fromCharCode(...head.subarray(4, 8));
  const short = view.getUint32(0);
  if (short !== 1) return { type, headBytes: 8, sizeBytes: short };
  const long = view.getBigUint64(8);
  return long > BigInt(Number.MAX_SAFE_INTEGER) ? null : { type, headBytes: 16, sizeBytes: Number(long) };
};
