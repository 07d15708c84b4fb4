import { requireOf } from "#lib/media/source/source-refusal.ts";

/** The head of an EBML element (RFC 8794); `size` null means that the end is where the next one of its level begins. */
export type EbmlHead = { id: number; headBytes: number; size: number | null };

/** The longest head: four bytes of id and eight of size. */
export const ebmlHeadBytes = 12;

/** Length of a variable-size integer by its first byte; 9 when it is none. */
const lengthOf = (first: number): number => Math.clz32(first) - 23;

/** Reads the head of an element. Null when the bytes end before or hold no element. */
export const readEbmlHead = (bytes: Uint8Array, at = 0): EbmlHead | null => {
  const idBytes = lengthOf(bytes[at] ?? 0);
  if (idBytes > 4 || at + idBytes >= bytes.byteLength) return null;
  const sizeBytes = lengthOf(bytes[at + idBytes] ?? 0);
  if (sizeBytes > 8 || at + idBytes + sizeBytes > bytes.byteLength) return null;
  let id = 0;
  for (let index = 0; index < idBytes; index += 1) id = id * 256 + (bytes[at + index] ?? 0);
  let size = (bytes[at + idBytes] ?? 0) & ((1 << (8 - sizeBytes)) - 1);
  let unknown = size === (1 << (8 - sizeBytes)) - 1;
  for (let index = 1; index < sizeBytes; index += 1) {
    const byte = bytes[at + idBytes + index] ?? 0;
    unknown &&= byte === 255;
    size = size * 256 + byte;
  }
  return { id, headBytes: idBytes + sizeBytes, size: unknown ? null : size };
};

/** An element in memory: its id and body. */
export type EbmlElement = { id: number; body: Uint8Array };

/** The elements of a body, in order, at most `most`. Throws `SourceRefusal` for one that reaches beyond it. */
export const ebmlElements = (body: Uint8Array, most: number): EbmlElement[] => {
  const elements: EbmlElement[] = [];
  for (let at = 0; at < body.byteLength; ) {
    const head = readEbmlHead(body, at);
    requireOf(head !== null && elements.length < most, "damaged elements");
    if (head === null) break;
    const start = at + head.headBytes;
    const size = head.size ?? body.byteLength - start;
    requireOf(start + size <= body.byteLength, "an element beyond its parent");
    elements.push({ id: head.id, body: body.subarray(start, start + size) });
    at = start + size;
  }
  return elements;
};

/** An unsigned integer of up to eight bytes. Throws `SourceRefusal` above what a double holds exactly. */
export const ebmlUint = (body: Uint8Array): number => {
  requireOf(body.byteLength <= 8, "a number of more than eight bytes");
  const value = body.reduce((sum, byte) => sum * 256 + byte, 0);
  requireOf(Number.isSafeInteger(value), "a number beyond 53 bits");
  return value;
};

/** A floating-point number of four or eight bytes; 0 for an empty one. */
export const ebmlFloat = (body: Uint8Array): number => {
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  if (body.byteLength === 4) return view.getFloat32(0);
  return body.byteLength === 8 ? view.getFloat64(0) : 0;
};
