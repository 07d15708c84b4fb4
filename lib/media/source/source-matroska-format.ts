import { u16, u32 } from "#lib/media/fragment/fragment-boxes.ts";
import {
  av1Codecs,
  avcCodecs,
  hevcCodecs,
  readAacConfig,
  vp9Codecs,
  vp9Config,
} from "#lib/media/source/source-codecs.ts";
import type { PictureFormat, SourceFormat } from "#lib/media/source/source-format.ts";
import type { MatroskaTrack } from "#lib/media/source/source-matroska.ts";
import { requireOf } from "#lib/media/source/source-refusal.ts";

/** The codec's features in `CodecPrivate` of VP9 in WebM: id, length 1, value. Level 0 is put right later. */
const vp9FromPrivate = (bytes: Uint8Array): Uint8Array => {
  const features = new Map<number, number>();
  for (let at = 0; at + 2 < bytes.byteLength && bytes[at + 1] === 1; at += 3) {
    features.set(bytes[at] ?? 0, bytes[at + 2] ?? 0);
  }
  const feature = (id: number, otherwise: number) => features.get(id) ?? otherwise;
  return vp9Config({
    ...{ profile: feature(1, 0), level: feature(2, 0), bitDepth: feature(3, 8), chroma: feature(4, 1) },
    fullRange: false,
  });
};

/** The body of `dOps` out of an `OpusHead`, whose numbers are little-endian (RFC 7845; Opus in ISO media files). */
const opusConfig = (head: Uint8Array): Uint8Array => {
  requireOf(head.byteLength >= 19 && head[18] === 0, "an Opus header of rare kind");
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const gain = view.getUint16(16, true);
  return Uint8Array.from([
    0,
    view.getUint8(9),
    ...u16(view.getUint16(10, true)),
    ...u32(view.getUint32(12, true)),
    ...u16(gain),
    0,
  ]);
};

const pictures: Record<
  string,
  { entry: PictureFormat["entry"]; config: (bytes: Uint8Array) => Uint8Array; codecs: (config: Uint8Array) => string }
> = {
  "V_MPEG4/ISO/AVC": { entry: "avc1", config: (bytes) => bytes, codecs: avcCodecs },
  "V_MPEGH/ISO/HEVC": { entry: "hvc1", config: (bytes) => bytes, codecs: hevcCodecs },
  V_VP9: { entry: "vp09", config: vp9FromPrivate, codecs: vp9Codecs },
  V_AV1: { entry: "av01", config: (bytes) => bytes, codecs: av1Codecs },
};

const soundFormat = ({ codecId, codecPrivate }: MatroskaTrack): SourceFormat | null => {
  if (codecId === "A_OPUS") {
    const config = opusConfig(codecPrivate);
    return { kind: "audio", entry: "Opus", codecs: "opus", config, channels: config[1] ?? 0, sampleRate: 48_000 };
  }
  if (codecId !== "A_AAC") return null;
  const { objectType, sampleRate, channels } = readAacConfig(codecPrivate);
  return { kind: "audio", entry: "mp4a", codecs: `mp4a.40.${objectType}`, config: codecPrivate, channels, sampleRate };
};

/** What decoders must know of a Matroska track; null for codecs that are not packaged. Throws `SourceRefusal`. */
export const matroskaFormat = (track: MatroskaTrack): SourceFormat | null => {
  if (track.encoded) return null;
  if (track.kind === "audio") return soundFormat(track);
  const known = pictures[track.codecId];
  if (known === undefined) return null;
  const config = known.config(track.codecPrivate);
  const { entry } = known;
  return { kind: "video", entry, codecs: known.codecs(config), config, width: track.width, height: track.height };
};
