import { boxesOf, findBox, type Mp4Box, type Mp4Range, requireBox } from "#lib/media/source/mp4-boxes.ts";
import { av1Codecs, avcCodecs, hevcCodecs, readAacConfig, vp9Codecs } from "#lib/media/source/source-codecs.ts";
import type { PictureFormat, SourceFormat } from "#lib/media/source/source-format.ts";
import { requireOf } from "#lib/media/source/source-refusal.ts";

/** Sample entries of pictures: what we write, the configuration box they hold, and the codecs string out of it. */
const pictures: Record<string, { entry: PictureFormat["entry"]; box: string; codecs: (config: Uint8Array) => string }> =
  {
    avc1: { entry: "avc1", box: "avcC", codecs: avcCodecs },
    avc3: { entry: "avc1", box: "avcC", codecs: avcCodecs },
    hvc1: { entry: "hvc1", box: "hvcC", codecs: hevcCodecs },
    hev1: { entry: "hvc1", box: "hvcC", codecs: hevcCodecs },
    vp09: { entry: "vp09", box: "vpcC", codecs: vp9Codecs },
    av01: { entry: "av01", box: "av1C", codecs: av1Codecs },
  };

const bodyOf = (view: DataView, { start, end }: Mp4Range): Uint8Array =>
  new Uint8Array(view.buffer, view.byteOffset + start, end - start).slice();

const pictureFormat = (view: DataView, entry: Mp4Box): PictureFormat | null => {
  const known = pictures[entry.type];
  if (known === undefined) return null;
  requireOf(entry.end - entry.start >= 78, "a sample entry that is too small");
  const box = requireBox(view, { start: entry.start + 78, end: entry.end }, { path: [known.box], bytes: 4 });
  const config = bodyOf(view, box);
  return {
    kind: "video",
    entry: known.entry,
    codecs: known.codecs(config),
    config,
    width: view.getUint16(entry.start + 24),
    height: view.getUint16(entry.start + 26),
  };
};

/** ISO/IEC 14496-1 section 8.3.3: a descriptor's tag and its size in up to four groups of seven bits. */
const descriptor = (view: DataView, { start, end }: Mp4Range): Mp4Range & { tag: number } => {
  let [at, size] = [start + 1, 0];
  for (let groups = 0; groups < 4; groups += 1) {
    requireOf(at < end, "damaged esds");
    const group = view.getUint8(at);
    at += 1;
    size = size * 128 + (group & 0x7f);
    if ((group & 0x80) === 0) break;
  }
  requireOf(at + size <= end, "damaged esds");
  return { tag: view.getUint8(start), start: at, end: at + size };
};

/** The AudioSpecificConfig out of `esds`; null when the track is no MPEG-4 audio (MP3 in MP4, MPEG-2 AAC). */
const audioConfig = (view: DataView, esds: Mp4Box): Uint8Array | null => {
  const stream = descriptor(view, { start: esds.start + 4, end: esds.end });
  requireOf(stream.tag === 3 && stream.end - stream.start >= 3, "damaged esds");
  const flags = view.getUint8(stream.start + 2);
  requireOf((flags & 0xe0) === 0, "an elementary stream that depends on others");
  const decoder = descriptor(view, { start: stream.start + 3, end: stream.end });
  requireOf(decoder.tag === 4 && decoder.end - decoder.start >= 15, "damaged esds");
  if (view.getUint8(decoder.start) !== 0x40) return null;
  const specific = descriptor(view, { start: decoder.start + 13, end: decoder.end });
  return specific.tag === 5 ? bodyOf(view, specific) : null;
};

/** QuickTime's second and third versions of the entry are longer, and `esds` may lie in a `wave` box. */
const soundFormat = (view: DataView, entry: Mp4Box): SourceFormat | null => {
  requireOf(entry.end - entry.start >= 28, "a sample entry that is too small");
  const extra = [0, 16, 36][view.getUint16(entry.start + 8)];
  if (extra === undefined || entry.start + 28 + extra > entry.end) return null;
  const inner = { start: entry.start + 28 + extra, end: entry.end };
  if (entry.type === "Opus") {
    const box = requireBox(view, inner, { path: ["dOps"], bytes: 11 });
    const config = bodyOf(view, box);
    return { kind: "audio", entry: "Opus", codecs: "opus", config, channels: config[1] ?? 0, sampleRate: 48_000 };
  }
  if (entry.type !== "mp4a") return null;
  const esds = findBox(view, inner, ["esds"]) ?? findBox(view, inner, ["wave", "esds"]);
  const config = esds === null ? null : audioConfig(view, esds);
  if (config === null) return null;
  const { objectType, sampleRate, channels } = readAacConfig(config);
  return { kind: "audio", entry: "mp4a", codecs: `mp4a.40.${objectType}`, config, channels, sampleRate };
};

/**
 * What decoders must know of a track, out of its `stsd`; null for codecs that no browser takes in fragmented MP4 and for
 * tracks with more than one description. Throws `SourceRefusal` for damaged boxes.
 */
export const readSampleEntry = (
  view: DataView,
  input: { stbl: Mp4Range; kind: "video" | "audio" },
): SourceFormat | null => {
  const stsd = requireBox(view, input.stbl, { path: ["stsd"], bytes: 16 });
  const entries = boxesOf(view, { start: stsd.start + 8, end: stsd.end });
  const [entry] = entries;
  if (entry === undefined || entries.length > 1 || view.getUint32(stsd.start + 4) !== 1) return null;
  return input.kind === "video" ? pictureFormat(view, entry) : soundFormat(view, entry);
};
