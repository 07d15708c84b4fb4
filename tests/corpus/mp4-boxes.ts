/** Where a box of an MP4 lies: `start` is its size field, `body` the byte behind its head, `end` the byte behind it. */
export type BoxPlace = { type: string; start: number; body: number; end: number };

const childrenOf = (bytes: Buffer, from: number, to: number): BoxPlace[] => {
  const found: BoxPlace[] = [];
  let at = from;
  while (at + 8 <= to) {
    const short = bytes.readUInt32BE(at);
    const size = short === 1 ? Number(bytes.readBigUInt64BE(at + 8)) : short;
    if (size < 8) break;
    found.push({
      type: bytes.toString("latin1", at + 4, at + 8),
      start: at,
      body: at + (short === 1 ? 16 : 8),
      end: at + size,
    });
    at += size;
  }
  return found;
};

/** Bytes before the first child, in boxes that have both. */
const headOf: Record<string, number> = { stsd: 8, avc1: 78, hvc1: 78, hev1: 78, mp4v: 78 };

/** All boxes under a path of types, such as `moov/trak/tkhd`, each with the boxes around it, outermost first. */
export const findBoxes = (bytes: Buffer, path: string): BoxPlace[][] => {
  let chains: BoxPlace[][] = [[]];
  for (const type of path.split("/")) {
    chains = chains.flatMap((chain) => {
      const parent = chain.at(-1);
      const from = parent === undefined ? 0 : parent.body + (headOf[parent.type] ?? 0);
      const children = childrenOf(bytes, from, parent?.end ?? bytes.byteLength);
      return children.filter((child) => child.type === type).map((child) => [...chain, child]);
    });
  }
  return chains;
};

/** The first box under a path. Throws when there is none: then the file is not what the case takes it for. */
export const requireBox = (bytes: Buffer, path: string): { place: BoxPlace; around: BoxPlace[] } => {
  const chain = findBoxes(bytes, path)[0];
  const place = chain?.at(-1);
  if (chain === undefined || place === undefined) throw new Error(`no ${path} in this file`);
  return { place, around: chain };
};

/** Changes the body of the first box under a path, in place; the size stays. */
export const editBox = (bytes: Buffer, path: string, edit: (body: Buffer) => void): Buffer => {
  const { place } = requireBox(bytes, path);
  edit(bytes.subarray(place.body, place.end));
  return bytes;
};

/** Gives the first box under a path another name. */
export const renameBox = (bytes: Buffer, path: string, type: string): Buffer => {
  const { place } = requireBox(bytes, path);
  bytes.write(type, place.start + 4, "latin1");
  return bytes;
};

/** Adds a box at the end of the first box under a path; all around it grow. The index must stand behind the media. */
export const appendBox = (bytes: Buffer, path: string, box: Buffer): Buffer => {
  const { place, around } = requireBox(bytes, path);
  for (const { start } of around) bytes.writeUInt32BE(bytes.readUInt32BE(start) + box.byteLength, start);
  return Buffer.concat([bytes.subarray(0, place.end), box, bytes.subarray(place.end)]);
};

/** A box of this type around these bytes. */
export const makeBox = (type: string, ...body: readonly Uint8Array[]): Buffer => {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + body.reduce((sum, part) => sum + part.byteLength, 0), 0);
  head.write(type, 4, "latin1");
  return Buffer.concat([head, ...body]);
};

/** The nine numbers of a display matrix as a track header holds them; turns and flips stand in the first four. */
export const setMatrix = (bytes: Buffer, [a, b, c, d]: readonly [number, number, number, number]): Buffer =>
  editBox(bytes, "moov/trak/tkhd", (body) => {
    const at = body[0] === 1 ? 52 : 40;
    for (const [index, value] of [a, b, 0, c, d, 0, 0, 0].entries()) body.writeInt32BE(value * 65_536, at + index * 4);
    body.writeInt32BE(0x40000000, at + 32);
  });

/**
 * The box that declares Dolby Vision (`dvvC`, `dvcC`): version 1.0, then profile, level, which layers are there, and
 * what the base layer is by itself (0 nothing, 1 HDR10, 2 SDR, 4 HLG).
 */
export const dolbyVisionBox = (input: { profile: number; compatibility: number }): Buffer => {
  const body = Buffer.alloc(24);
  body.writeUInt8(1, 0);
  const level = 1;
  const rpu = 1;
  const baseLayer = 1;
  body.writeUInt16BE((input.profile << 9) | (level << 3) | (rpu << 2) | baseLayer, 2);
  body.writeUInt8(input.compatibility << 4, 4);
  return makeBox(input.profile > 7 ? "dvvC" : "dvcC", body);
};
