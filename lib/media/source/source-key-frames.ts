import type { PictureFormat } from "#lib/media/source/source-format.ts";

/** What the beginning of a packet, or of the next unit in it, says. `skip`: look again that many bytes further on. */
export type KeyFrameSign = "key" | "other" | { skipBytes: number };

/** Bytes that `keyFrameSign` looks at. */
export const keyFrameSignBytes = 6;

const nalLength = (head: Uint8Array) => new DataView(head.buffer, head.byteOffset, 4).getUint32(0);

const avcSign = (head: Uint8Array): KeyFrameSign => {
  // ITU-T H.264 table 7-1: 5 is a slice of an IDR picture, 1 to 4 are slices of others.
  const type = (head[4] ?? 0) & 0x1f;
  if (type === 5) return "key";
  return type >= 1 && type <= 4 ? "other" : { skipBytes: 4 + nalLength(head) };
};

const hevcSign = (head: Uint8Array): KeyFrameSign => {
  // ITU-T H.265 table 7-1: 16 to 21 are random access points, below are other pictures.
  const type = ((head[4] ?? 0) >> 1) & 0x3f;
  if (type >= 16 && type <= 21) return "key";
  return type < 16 ? "other" : { skipBytes: 4 + nalLength(head) };
};

const vp9Sign = ([first = 0]: Uint8Array): KeyFrameSign =>
  // Frame marker 2, no frame shown again, frame type 0 (VP9 bitstream specification, section 6.2).
  first >> 6 === 2 && (first & 0x0c) === 0 ? "key" : "other";

const av1Sign = ([first = 0]: Uint8Array): KeyFrameSign =>
  // A packet that decoding can start at begins with a sequence header (AV1 in ISO media files, section 2.4).
  ((first >> 3) & 15) === 1 ? "key" : "other";

/**
 * Whether a packet really is a key frame: containers call others so, or leave the labels out altogether, which makes
 * every packet one.
 */
export const keyFrameSign = ({ entry, head }: { entry: PictureFormat["entry"]; head: Uint8Array }): KeyFrameSign =>
  ({ avc1: avcSign, hvc1: hevcSign, vp09: vp9Sign, av01: av1Sign })[entry](head);
