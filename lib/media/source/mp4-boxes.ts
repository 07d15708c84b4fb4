import { requireOf, SourceRefusal } from "#lib/media/source/source-refusal.ts";

/** A box of ISO/IEC 14496-12: its type and the stretch of its body. */
export type Mp4Box = { type: string; start: number; end: number };

/** A stretch of bytes that boxes are looked for in. */
export type Mp4Range = { start: number; end: number };

/** More children than any writer makes; a hostile file could hold one for every eight bytes. */
const maxChildren = 1_000;

/** A view of the same bytes. */
export const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** Four bytes as the type of a box; each byte one character. */
export const boxType = (view: DataView, at: number): string =>
  String.fromCharCode(view.getUint8(at), view.getUint8(at + 1), view.getUint8(at + 2), view.getUint8(at + 3));

/** An unsigned 64-bit number. Throws `SourceRefusal` above what a double holds exactly. */
export const uint64 = (view: DataView, at: number): number => {
  const high = view.getUint32(at);
  requireOf(high < 0x20_0000, "a number beyond 53 bits");
  return high * 0x1_0000_0000 + view.getUint32(at + 4);
};

/**
 * The boxes that lie in a range, in order. Up to seven bytes may be left over, as QuickTime's terminators are. Throws
 * `SourceRefusal` for a box that is smaller than its head or reaches beyond the range.
 */
export const boxesOf = (view: DataView, { start, end }: Mp4Range): Mp4Box[] => {
  const boxes: Mp4Box[] = [];
  let at = start;
  while (at + 8 <= end) {
    const short = view.getUint32(at);
    const headBytes = short === 1 ? 16 : 8;
    requireOf(at + headBytes <= end && boxes.length < maxChildren, "damaged boxes");
    const size = short === 0 ? end - at : short === 1 ? uint64(view, at + 8) : short;
    requireOf(size >= headBytes && size <= end - at, "a box beyond its parent");
    boxes.push({ type: boxType(view, at + 4), start: at + headBytes, end: at + size });
    at += size;
  }
  return boxes;
};

/** The first box under a path of types, or null. */
export const findBox = (view: DataView, range: Mp4Range, path: readonly string[]): Mp4Box | null => {
  const [type, ...rest] = path;
  const box = boxesOf(view, range).find((candidate) => candidate.type === type);
  if (box === undefined) return null;
  return rest.length === 0 ? box : findBox(view, box, rest);
};

/** As `findBox`; throws `SourceRefusal` when there is none or its body has fewer than `bytes`. */
export const requireBox = (view: DataView, range: Mp4Range, wanted: { path: string[]; bytes: number }): Mp4Box => {
  const box = findBox(view, range, wanted.path);
  if (box === null) throw new SourceRefusal(`no ${wanted.path.join("/")}`);
  requireOf(box.end - box.start >= wanted.bytes, `${wanted.path.join("/")} is too small`);
  return box;
};
