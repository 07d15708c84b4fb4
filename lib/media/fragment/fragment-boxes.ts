/** A piece of a box's body: bytes, or a box of its own. */
export type BoxPart = Uint8Array | readonly number[];

/** Unsigned 32 bits, big-endian. */
export const u32 = (value: number): number[] => [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];

/** Unsigned 16 bits, big-endian. */
export const u16 = (value: number): number[] => [(value >>> 8) & 255, value & 255];

/** Unsigned 64 bits, big-endian, up to 2^53. */
export const u64 = (value: number): number[] => [...u32(Math.floor(value / 0x1_0000_0000)), ...u32(value >>> 0)];

/** Latin letters as bytes. */
export const ascii = (text: string): number[] => [...text].map((letter) => letter.charCodeAt(0));

/** A box of ISO/IEC 14496-12 out of its type and the pieces of its body. */
export const box = (type: string, ...parts: readonly BoxPart[]): Uint8Array => {
  const size = parts.reduce((sum, part) => sum + part.length, 8);
  const bytes = new Uint8Array(size);
  bytes.set(u32(size), 0);
  bytes.set(ascii(type), 4);
  let at = 8;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
};

/** A box with a version and flags. */
export const fullBox = (type: string, head: { version: number; flags: number }, ...parts: readonly BoxPart[]) =>
  box(type, [head.version, ...u32(head.flags).slice(1)], ...parts);
