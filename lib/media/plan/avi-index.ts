const text = (bytes: Uint8Array, at: number) => String.fromCharCode(...bytes.subarray(at, at + 4));
const number = (bytes: Uint8Array, at: number) =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(at, true);

/** A RIFF chunk's name and the length of what it holds; null when the bytes end before. */
export const riffChunk = (bytes: Uint8Array, at = 0): { name: string; sizeBytes: number } | null =>
  bytes.byteLength < at + 8 ? null : { name: text(bytes, at), sizeBytes: number(bytes, at + 4) };

/** Whether a file begins like an AVI, or like one of the formats that are read as AVI. */
export const isRiff = (bytes: Uint8Array): boolean => /^(RIFF|ON2 )$/.test(text(bytes, 0));

/** The list that holds an AVI's packets: whether a chunk's first 12 bytes are its head. */
export const isPacketList = (bytes: Uint8Array): boolean =>
  bytes.byteLength >= 12 && text(bytes, 0) === "LIST" && text(bytes, 8) === "movi";

/** Bytes of a packet's own head: its name and its length. */
export const packetHeadBytes = 8;

const entryBytes = 16;
const keyFlag = 0x10;
/** Codecs of which every picture stands for itself, as FourCCs; zeros are bare pictures. */
const intra =
  /^(mjpg|jpeg|dv(sd|hd|sl|25|50|c |cp)|hfyu|ffvh|ffv1|ul[a-z]\d|m8[a-z]{2}|png |cfhd|avdn|ap[a-z]{2}|dib |rgb |yuy2|uyvy|i420|yv12|v210|\0\0\0\0)/i;

/** A picture that an index calls a key frame; `offset` counts from wherever this file's offsets count. */
export type AviKey = { name: string; offset: number };

const keyAt = (index: Uint8Array, at: number): AviKey => ({ name: text(index, at), offset: number(index, at + 8) });

const isPicture = (index: Uint8Array, at: number) => /^\d\dd[bc]$/.test(text(index, at));

/**
 * The key frames that an index (`idx1`) of an AVI lists, at most `atMost` of them, evenly taken, and the offset of its
 * first packet. Null when it cannot be true: it lists no key frame, or nothing else, as some programs write for codecs
 * of which that cannot be. `fourCc` is the codec's. No keys when there is nothing to look at: every picture is one.
 */
export const listedKeys = (input: {
  index: Uint8Array;
  fourCc: string;
  atMost: number;
}): { keys: AviKey[]; firstOffset: number } | null => {
  const { index, fourCc, atMost } = input;
  const places: number[] = [];
  let pictures = 0;
  for (let at = 0; at + entryBytes <= index.byteLength; at += entryBytes) {
    if (!isPicture(index, at)) continue;
    pictures += 1;
    if ((number(index, at + 4) & keyFlag) !== 0) places.push(at);
  }
  if (places.length === 0) return null;
  const firstOffset = number(index, 8);
  if (intra.test(fourCc)) return { keys: [], firstOffset };
  if (places.length === pictures && pictures > 1) return null;
  const step = Math.max(1, places.length / atMost);
  const count = Math.min(places.length, atMost);
  const taken = Array.from({ length: count }, (_, at) => places[Math.floor(at * step)] ?? 0);
  return { keys: taken.map((at) => keyAt(index, at)), firstOffset };
};

/** From where the offsets of an index may count, for a list of packets that begins at `listAt`. */
export const offsetBases = ({ listAt, firstOffset }: { listAt: number; firstOffset: number }): number[] => [
  // The name of the list, the file, or whatever makes the first packet the first one.
  ...[listAt + 8, 0, listAt + 12 - firstOffset],
];

const startCodeAt = (bytes: Uint8Array, is: (value: number) => boolean): number => {
  for (let at = 0; at + 4 < bytes.byteLength; at += 1) {
    if (bytes[at] === 0 && bytes[at + 1] === 0 && bytes[at + 2] === 1 && is(bytes[at + 3] ?? 0)) return at + 3;
  }
  return -1;
};

/** ISO 14496-2, 6.2.5: `vop_coding_type` follows the start code of a picture; 0 is an intra picture. */
const isIntraVop = (bytes: Uint8Array): boolean => {
  const at = startCodeAt(bytes, (value) => value === 0xb6);
  return at >= 0 && (bytes[at + 1] ?? 0xff) >> 6 === 0;
};

/** ITU-T H.264, table 7-1: slices are 1 and 5; 5 is a picture from which decoding can begin. */
const isIdr = (bytes: Uint8Array): boolean => {
  const at = startCodeAt(bytes, (value) => [1, 2, 5].includes(value & 0x1f));
  return at >= 0 && ((bytes[at] ?? 0) & 0x1f) === 5;
};

/** Microsoft's MPEG-4 begins with two bits of the picture's kind, its second Windows Media with one; 0 is intra. */
const keyTests: readonly { fourCc: RegExp; isKey: (bytes: Uint8Array) => boolean }[] = [
  { fourCc: /^(fmp4|mp4v|mp4s|m4s2|divx|dx50|xvid|xvix|3ivx|3iv2|rmp4|blz0|sedg|hdx4|smp4|uldx)/i, isKey: isIntraVop },
  { fourCc: /^(h264|x264|avc1|davc|vssh)/i, isKey: isIdr },
  { fourCc: /^(mp42|div2|mp43|mpg3|div[3-6]|ap41|col[01]|wmv1)/i, isKey: (bytes) => (bytes[0] ?? 0xff) >> 6 === 0 },
  { fourCc: /^wmv2/i, isKey: (bytes) => (bytes[0] ?? 0xff) >> 7 === 0 },
];

/** Whether a packet can be the key frame that the index takes it for; true too of codecs that nothing is known of. */
export const mayBeKey = ({ packet, fourCc }: { packet: Uint8Array; fourCc: string }): boolean =>
  keyTests.find((one) => one.fourCc.test(fourCc))?.isKey(packet) ?? true;

/** Whether a packet's head names what the index says is there. */
export const isNamed = ({ head, name }: { head: Uint8Array; name: string }): boolean =>
  head.byteLength >= packetHeadBytes && text(head, 0) === name;

/** Codec of the first picture stream in an AVI's headers, as a FourCC; empty when there is none. */
export const aviPictureCodec = (headers: Uint8Array): string => {
  const latin = Buffer.from(headers).toString("latin1");
  const stream = /strh[\s\S]{4}vids/.exec(latin);
  const format = stream === null ? -1 : latin.indexOf("strf", stream.index);
  return format < 0 ? "" : latin.slice(format + 24, format + 28);
};
