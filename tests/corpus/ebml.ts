/** Where an element of a Matroska file lies. `end` is the file's own when the size is unknown. */
export type ElementPlace = { id: number; start: number; body: number; end: number };

const idLength = (first: number) => Math.clz32(first) - 23;

const readElement = (bytes: Buffer, at: number, limit: number): ElementPlace | null => {
  const first = bytes[at];
  if (first === undefined || first === 0) return null;
  const id = bytes.readUIntBE(at, idLength(first));
  const sizeAt = at + idLength(first);
  const head = bytes[sizeAt];
  if (head === undefined || head === 0) return null;
  const length = idLength(head);
  const value = Number(
    BigInt(`0x${bytes.toString("hex", sizeAt, sizeAt + length)}`) & ((1n << BigInt(7 * length)) - 1n),
  );
  const body = sizeAt + length;
  const unknown = value === 2 ** (7 * length) - 1;
  return { id, start: at, body, end: unknown ? limit : body + value };
};

/** Elements between two bytes. */
export const readElements = (bytes: Buffer, from: number, to: number): ElementPlace[] => {
  const found: ElementPlace[] = [];
  let at = from;
  while (at < to) {
    const element = readElement(bytes, at, to);
    if (element === null) break;
    found.push(element);
    at = element.end;
  }
  return found;
};

/** Ids of the elements that cases look at. */
export const ids = { segment: 0x18538067, tracks: 0x1654ae6b, entry: 0xae, cluster: 0x1f43b675, block: 0xa3 } as const;

/** All elements under a path of ids. */
export const findElements = (bytes: Buffer, path: readonly number[]): ElementPlace[] => {
  let places: ElementPlace[] = [{ id: 0, start: 0, body: 0, end: bytes.byteLength }];
  for (const id of path) {
    places = places.flatMap(({ body, end }) => readElements(bytes, body, end).filter((element) => element.id === id));
  }
  return places;
};

/** An element with its size in eight bytes. */
export const makeElement = (id: number, ...body: readonly Uint8Array[]): Buffer => {
  const idBytes = Buffer.from(id.toString(16).padStart(2, "0"), "hex");
  const size = Buffer.alloc(8);
  size.writeBigUInt64BE(BigInt(body.reduce((sum, part) => sum + part.byteLength, 0)) | (1n << 56n));
  return Buffer.concat([idBytes, size, ...body]);
};

/** Adds an element to every track of a file whose segment tells no size and that has no index before its tracks. */
export const appendToTracks = (bytes: Buffer, addition: Buffer): Buffer => {
  const tracks = findElements(bytes, [ids.segment, ids.tracks])[0];
  if (tracks === undefined) throw new Error("no tracks in this file");
  const entries = readElements(bytes, tracks.body, tracks.end).map((element) =>
    element.id === ids.entry
      ? makeElement(ids.entry, bytes.subarray(element.body, element.end), addition)
      : bytes.subarray(element.start, element.end),
  );
  return Buffer.concat([
    bytes.subarray(0, tracks.start),
    makeElement(ids.tracks, ...entries),
    bytes.subarray(tracks.end),
  ]);
};

/** `ContentEncodings` that say that a track is encrypted (AES), with or without the id of its key. */
export const encryption = (keyId: Uint8Array | null): Buffer => {
  const one = (id: number, value: number) => makeElement(id, Buffer.from([value]));
  const key = keyId === null ? [] : [makeElement(0x47e2, keyId)];
  const body = [one(0x5031, 0), one(0x5032, 1), one(0x5033, 1), makeElement(0x5035, one(0x47e1, 5), ...key)];
  return makeElement(0x6d80, makeElement(0x6240, ...body));
};

/** Takes the mark of a key frame from every simple block. */
export const withoutKeyMarks = (bytes: Buffer): Buffer => {
  for (const { body } of findElements(bytes, [ids.segment, ids.cluster, ids.block])) {
    const flags = body + idLength(bytes[body] ?? 0) + 2;
    bytes[flags] = (bytes[flags] ?? 0) & 0x7f;
  }
  return bytes;
};
