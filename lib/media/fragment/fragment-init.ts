import { ascii, box, fullBox, u16, u32 } from "#lib/media/fragment/fragment-boxes.ts";
import type { PictureFormat, SoundFormat, SourceFormat } from "#lib/media/source/source-format.ts";

const plain = { version: 0, flags: 0 };
const identity = [0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000].flatMap(u32);
const zeros = (count: number): number[] => Array.from({ length: count }, () => 0);
const configBox = { avc1: "avcC", hvc1: "hvcC", vp09: "vpcC", av01: "av1C" } as const;

const movieHeader = (timescale: number) =>
  fullBox(
    ...(["mvhd", plain] as const),
    ...[zeros(8), u32(timescale), u32(0), u32(0x10000), u16(0x100), zeros(10), identity, zeros(24), u32(2)],
  );

const trackHeader = (format: SourceFormat) => {
  const size = format.kind === "video" ? [format.width, format.height] : [0, 0];
  return fullBox(
    ...(["tkhd", { version: 0, flags: 3 }] as const),
    ...[zeros(8), u32(1), zeros(4), u32(0), zeros(8), zeros(4), u16(format.kind === "audio" ? 0x100 : 0), zeros(2)],
    ...[identity, ...size.map((side) => u32(side * 0x10000))],
  );
};

const pictureEntry = (format: PictureFormat) =>
  box(
    format.entry,
    ...[zeros(6), u16(1), zeros(16), u16(format.width), u16(format.height), u32(0x480000), u32(0x480000), u32(0)],
    ...[u16(1), zeros(32), u16(0x18), u16(0xffff), box(configBox[format.entry], format.config)],
  );

/** ISO/IEC 14496-1 descriptors of one AAC stream; bit rates are left open. */
const elementaryStream = (config: Uint8Array) => {
  const specific = [5, config.byteLength, ...config];
  const decoder = [4, 13 + specific.length, 0x40, 0x15, 0, 0, 0, ...u32(0), ...u32(0), ...specific];
  const sync = [6, 1, 2];
  return fullBox("esds", plain, [3, 3 + decoder.length + sync.length, ...u16(1), 0, ...decoder, ...sync]);
};

const soundEntry = (format: SoundFormat) =>
  box(
    format.entry,
    ...[zeros(6), u16(1), zeros(8), u16(format.channels), u16(16), zeros(4), u16(format.sampleRate), u16(0)],
    format.entry === "Opus" ? box("dOps", format.config) : elementaryStream(format.config),
  );

const mediaInformation = (format: SourceFormat) => {
  const header =
    format.kind === "video" ? fullBox("vmhd", { version: 0, flags: 1 }, zeros(8)) : fullBox("smhd", plain, zeros(4));
  const data = box("dinf", fullBox("dref", plain, u32(1), fullBox("url ", { version: 0, flags: 1 })));
  const entry = format.kind === "video" ? pictureEntry(format) : soundEntry(format);
  const empty = ["stts", "stsc", "stco"].map((type) => fullBox(type, plain, u32(0)));
  const table = box("stbl", fullBox("stsd", plain, u32(1), entry), ...empty, fullBox("stsz", plain, u32(0), u32(0)));
  return box("minf", header, data, table);
};

/** Undetermined, as three letters of five bits. */
const undetermined = 0x55c4;

const handler = (format: SourceFormat) =>
  fullBox("hdlr", plain, u32(0), ascii(format.kind === "video" ? "vide" : "soun"), zeros(12), ascii("kinora\0"));

/**
 * The CMAF init segment of one track: no clock, no edit list, nothing that differs between two calls. `timescale` is in
 * ticks per second.
 */
export const fragmentInit = ({ format, timescale }: { format: SourceFormat; timescale: number }): Uint8Array => {
  const brands = box("ftyp", ascii("iso6"), u32(0), ascii("iso6"), ascii("cmfc"), ascii("mp41"));
  const mediaHeader = fullBox("mdhd", plain, zeros(8), u32(timescale), u32(0), u16(undetermined), u16(0));
  const media = box("mdia", mediaHeader, handler(format), mediaInformation(format));
  const track = box("trak", trackHeader(format), media);
  const extends_ = box("mvex", fullBox("trex", plain, u32(1), u32(1), u32(0), u32(0), u32(0)));
  const movie = box("moov", movieHeader(timescale), track, extends_);
  const bytes = new Uint8Array(brands.byteLength + movie.byteLength);
  bytes.set(brands, 0);
  bytes.set(movie, brands.byteLength);
  return bytes;
};
