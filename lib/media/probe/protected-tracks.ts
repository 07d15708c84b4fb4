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

const elements = {
  segment: 0x18538067,
  tracks: 0x1654ae6b,
  entry: 0xae,
  encodings: 0x6d80,
  encoding: 0x6240,
  encryption: 0x5035,
} as const;

/** Elements of one level that are looked at; a file with more is no file that anybody made. */
const maxElements = 4_096;

type Element = { id: number; body: number; end: number };

/** A number of variable length (RFC 8794 section 4); `keepMarker` for ids. Null at a length beyond eight bytes. */
const readNumber = (bytes: Uint8Array, at: number, keepMarker: boolean): { value: number; length: number } | null => {
  const first = bytes[at] ?? 0;
  const length = Math.clz32(first) - 23;
  if (first === 0 || at + length > bytes.byteLength) return null;
  let value = keepMarker ? first : first & (0xff >> length);
  for (let index = 1; index < length; index += 1) value = value * 256 + (bytes[at + index] ?? 0);
  return { value, length };
};

/** The elements between two bytes, cut to what is there. A size of all ones means up to the end. */
const elementsIn = (bytes: Uint8Array, from: number, to: number): Element[] => {
  const found: Element[] = [];
  let at = from;
  while (at < to && found.length < maxElements) {
    const id = readNumber(bytes, at, true);
    const size = id === null ? null : readNumber(bytes, at + id.length, false);
    if (id === null || size === null) break;
    const body = at + id.length + size.length;
    const unknown = size.value >= 2 ** (7 * size.length) - 1;
    const end = unknown ? to : Math.min(to, body + size.value);
    found.push({ id: id.value, body, end });
    at = unknown ? to : body + size.value;
  }
  return found;
};

/**
 * Whether the beginning of a Matroska file declares encrypted tracks (`ContentEncryption`, RFC 9559 section 5.1.4.1.31.8).
 * ffprobe tells of them only when they name their key. Bounded by the bytes given.
 */
export const declaresEncryption = (beginning: Uint8Array): boolean => {
  let level: Element[] = [{ id: 0, body: 0, end: beginning.byteLength }];
  const path = [elements.segment, elements.tracks, elements.entry, elements.encodings, elements.encoding];
  for (const wanted of [...path, elements.encryption]) {
    level = level
      .flatMap(({ body, end }) => elementsIn(beginning, body, end))
      .filter(({ id }) => id === wanted)
      .slice(0, maxElements);
  }
  return level.length > 0;
};
