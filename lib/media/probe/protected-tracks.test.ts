import { expect, test } from "vitest";
import { appendToTracks, encryption, ids, makeElement } from "#tests/corpus/ebml.ts";
import { declaresEncryption, declaresProtection, readBoxHead } from "./protected-tracks.ts";

const entry = makeElement(ids.entry, makeElement(0xd7, Buffer.from([1])));
const endless = Buffer.from("1853806701ffffffffffffff", "hex");
/** A file whose segment tells no size, as a live recording has it. */
const file = (tracks: Buffer) =>
  Buffer.concat([makeElement(0x1a45dfa3, Buffer.alloc(4)), endless, makeElement(0xec), tracks]);
const plain = file(makeElement(ids.tracks, entry, entry));

test("a Matroska track under encryption is found, with or without its key's id, and a plain one is not", () => {
  expect(declaresEncryption(plain)).toBe(false);
  for (const key of [null, Buffer.alloc(16, 7)])
    expect(declaresEncryption(appendToTracks(plain, encryption(key)))).toBe(true);
});

test("sizes that lie end the search, and so does a cut", () => {
  const bent = Buffer.from(plain);
  bent.fill(0xff, 14, 24);
  expect(declaresEncryption(bent)).toBe(false);
  for (let length = 0; length < plain.byteLength; length += 7) {
    expect(declaresEncryption(plain.subarray(0, length))).toBe(false);
  }
  const nested = Array.from({ length: 2_000 }).reduce<Buffer>(
    (inner) => makeElement(ids.segment, inner),
    Buffer.alloc(1),
  );
  expect(declaresEncryption(nested)).toBe(false);
});

test("a protected MP4 track needs both its entry and its box of protection", () => {
  expect(declaresProtection(Buffer.from("....encv....sinf"))).toBe(true);
  expect(declaresProtection(Buffer.from("....encv........"))).toBe(false);
});

test("a box's head is read in both its lengths, and never beyond what a number holds", () => {
  const long = Buffer.alloc(16);
  long.writeUInt32BE(1, 0);
  long.write("mdat", 4);
  long.writeBigUInt64BE(5_000_000_000n, 8);
  expect(readBoxHead(long)).toEqual({ type: "mdat", headBytes: 16, sizeBytes: 5_000_000_000 });
  long.writeBigUInt64BE(2n ** 63n, 8);
  expect(readBoxHead(long)).toBeNull();
  expect(readBoxHead(long.subarray(0, 15))).toBeNull();
});
