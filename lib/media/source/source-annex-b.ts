import { u16, u32 } from "#lib/media/fragment/fragment-boxes.ts";
import { requireOf, SourceRefusal } from "#lib/media/source/source-refusal.ts";

const startCode = Uint8Array.of(0, 0, 1);
/** More units in one picture than any encoder writes. */
const maxUnits = 2_000;

/** The NAL units of a byte stream (ITU-T H.264 annex B), without start codes and the zeros around them. */
export const nalUnits = (bytes: Uint8Array): Uint8Array[] => {
  const stream = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const units: Uint8Array[] = [];
  let at = stream.indexOf(startCode);
  while (at >= 0) {
    const next = stream.indexOf(startCode, at + 3);
    let end = next < 0 ? stream.byteLength : next;
    // A unit never ends with a zero; those before a start code belong to it.
    while (end > at + 3 && bytes[end - 1] === 0) end -= 1;
    if (end > at + 3) units.push(bytes.subarray(at + 3, end));
    requireOf(units.length <= maxUnits, "too many units in a picture");
    at = next;
  }
  return units;
};

const typeOf = (unit: Uint8Array) => (unit[0] ?? 0) & 0x1f;
const equal = (a: Uint8Array, b: Uint8Array) => Buffer.compare(a, b) === 0;

/** Parameter sets of one stream, each once. */
export type AvcParameters = { sequence: Uint8Array[]; picture: Uint8Array[] };

/** The parameter sets among a picture's units. */
export const avcParameters = (units: readonly Uint8Array[]): AvcParameters => {
  const once = (type: number) =>
    units.filter((unit, index) => typeOf(unit) === type && units.findIndex((other) => equal(other, unit)) === index);
  return { sequence: once(7).map((unit) => unit.slice()), picture: once(8).map((unit) => unit.slice()) };
};

/** Profiles whose `avcC` goes on behind the parameter sets (ISO/IEC 14496-15 section 5.3.3.1.2). */
const highProfiles = [100, 110, 122, 144];

/** Body of `avcC` for a stream of 8 bits and 4:2:0. Throws `SourceRefusal` without parameter sets. */
export const avcConfig = ({ sequence, picture }: AvcParameters): Uint8Array => {
  const [first] = sequence;
  if (first === undefined || picture.length === 0 || first.byteLength < 4) {
    throw new SourceRefusal("no parameter sets at the beginning");
  }
  requireOf(sequence.length < 32 && picture.length < 256, "too many parameter sets");
  const profile = first[1] ?? 0;
  const sets = (units: readonly Uint8Array[]) => units.flatMap((unit) => [...u16(unit.byteLength), ...unit]);
  return Uint8Array.from([
    ...[1, profile, first[2] ?? 0, first[3] ?? 0, 0xff, 0xe0 | sequence.length, ...sets(sequence)],
    ...[picture.length, ...sets(picture)],
    ...(highProfiles.includes(profile) ? [0xfd, 0xf8, 0xf8, 0] : []),
  ]);
};

/** Delimiters and filler say nothing in MP4; parameter sets stand in `avcC`. */
const left = new Set([9, 12]);

/**
 * A picture as MP4 holds it: each unit with its length before it. Throws `SourceRefusal` when parameter sets other than
 * those at the beginning come along.
 */
export const withLengths = (units: readonly Uint8Array[], known: AvcParameters): Uint8Array => {
  const kept = units.filter((unit) => {
    const type = typeOf(unit);
    const sets = type === 7 ? known.sequence : type === 8 ? known.picture : null;
    if (sets === null) return !left.has(type);
    requireOf(
      sets.some((set) => equal(set, unit)),
      "parameter sets that change",
    );
    return false;
  });
  const bytes = new Uint8Array(kept.reduce((sum, unit) => sum + 4 + unit.byteLength, 0));
  let at = 0;
  for (const unit of kept) {
    bytes.set(u32(unit.byteLength), at);
    bytes.set(unit, at + 4);
    at += 4 + unit.byteLength;
  }
  return bytes;
};

/** An AAC packet in an ADTS frame (ISO/IEC 13818-7): the packet, and its head as an AudioSpecificConfig. */
export const adtsPacket = (frame: Uint8Array): { packet: Uint8Array; config: Uint8Array } => {
  const [first = 0, second = 0, third = 0, fourth = 0] = frame;
  requireOf(first === 0xff && (second & 0xf6) === 0xf0 && frame.byteLength > 9, "no ADTS frame");
  requireOf(((frame[6] ?? 0) & 3) === 0, "several packets in an ADTS frame");
  const objectType = (third >> 6) + 1;
  const rate = (third >> 2) & 15;
  const channels = ((third & 1) << 2) | (fourth >> 6);
  const config = Uint8Array.of((objectType << 3) | (rate >> 1), ((rate & 1) << 7) | (channels << 3));
  return { packet: frame.subarray((second & 1) === 1 ? 7 : 9), config };
};
