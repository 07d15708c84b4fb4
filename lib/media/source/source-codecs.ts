import { requireOf, SourceRefusal } from "#lib/media/source/source-refusal.ts";

const hex = (value: number) => value.toString(16).padStart(2, "0");
const two = (value: number) => String(value).padStart(2, "0");

/** `avc1.640028` out of the body of `avcC`. Throws `SourceRefusal` when it is no configuration of 4-byte lengths. */
export const avcCodecs = (config: Uint8Array): string => {
  const [version, profile, constraints, level, lengths] = config;
  requireOf(version === 1 && config.byteLength >= 7, "damaged avcC");
  requireOf(((lengths ?? 0) & 3) === 3, "NAL lengths of other than four bytes");
  return `avc1.${hex(profile ?? 0)}${hex(constraints ?? 0)}${hex(level ?? 0)}`;
};

const reversedBits = (value: number): number => {
  let reversed = 0;
  for (let bit = 0; bit < 32; bit += 1) reversed = (reversed * 2 + ((value >>> bit) & 1)) >>> 0;
  return reversed >>> 0;
};

/** `hvc1.1.6.L93.B0` out of the body of `hvcC` (ISO/IEC 14496-15 annex E.3). */
export const hevcCodecs = (config: Uint8Array): string => {
  requireOf(config.byteLength >= 23, "damaged hvcC");
  requireOf(((config[21] ?? 0) & 3) === 3, "NAL lengths of other than four bytes");
  const view = new DataView(config.buffer, config.byteOffset, config.byteLength);
  const first = view.getUint8(1);
  const space = ["", "A", "B", "C"][first >> 6] ?? "";
  const compatibility = reversedBits(view.getUint32(2)).toString(16).toUpperCase();
  const constraints = [...config.subarray(6, 12)];
  while (constraints.length > 0 && constraints.at(-1) === 0) constraints.pop();
  const tier = (first & 0x20) === 0 ? "L" : "H";
  const parts = [`hvc1.${space}${first & 0x1f}`, compatibility, `${tier}${view.getUint8(12)}`];
  return [...parts, ...constraints.map((byte) => byte.toString(16).toUpperCase())].join(".");
};

/** Levels of VP9 with the most luma samples a second and in one picture (the WebM project's level table). */
const vp9Levels: readonly (readonly [level: number, perSecond: number, picture: number])[] = [
  [10, 829_440, 36_864],
  [11, 2_764_800, 73_728],
  [20, 4_608_000, 122_880],
  [21, 9_216_000, 245_760],
  [30, 20_736_000, 552_960],
  [31, 36_864_000, 983_040],
  [40, 83_558_400, 2_228_224],
  [41, 160_432_128, 2_228_224],
  [50, 311_951_360, 8_912_896],
  [51, 588_251_136, 8_912_896],
  [52, 1_176_502_272, 8_912_896],
  [60, 1_176_502_272, 35_651_584],
  [61, 2_353_004_544, 35_651_584],
  [62, 4_706_009_088, 35_651_584],
];

/** The lowest VP9 level that takes pictures of that size at that rate. */
export const vp9Level = (input: { width: number; height: number; framesPerSecond: number }): number => {
  const picture = input.width * input.height;
  const level = vp9Levels.find(
    ([, perSecond, largest]) => picture <= largest && picture * input.framesPerSecond <= perSecond,
  );
  if (level === undefined) throw new SourceRefusal("a VP9 picture beyond every level");
  return level[0];
};

/** What a VP9 stream is, as ffprobe or `vpcC` tells. `chroma`: 0 and 1 are 4:2:0. */
export type Vp9Facts = { profile: number; level: number; bitDepth: number; chroma: number; fullRange: boolean };

/** Body of a `vpcC` box, colours left unspecified unless told (VP codec ISO media file format binding, version 1.0). */
export const vp9Config = (facts: Vp9Facts & { colours?: readonly [number, number, number] }): Uint8Array => {
  const [primaries, transfer, matrix] = facts.colours ?? [2, 2, 2];
  const packed = (facts.bitDepth << 4) | (facts.chroma << 1) | (facts.fullRange ? 1 : 0);
  return Uint8Array.of(1, 0, 0, 0, facts.profile, facts.level, packed, primaries, transfer, matrix, 0, 0);
};

/**
 * `vp09.00.31.08` out of the body of `vpcC`. Some writers leave the level 0, which players refuse: give the corrected
 * body, see `withVp9Level`.
 */
export const vp9Codecs = (config: Uint8Array): string => {
  requireOf(config.byteLength >= 12 && config[0] === 1, "damaged vpcC");
  return `vp09.${two(config[4] ?? 0)}.${two(config[5] ?? 0)}.${two((config[6] ?? 0) >> 4)}`;
};

/** The same body with a level put in where the writer left it 0. */
export const withVp9Level = (config: Uint8Array, level: number): Uint8Array => {
  requireOf(config.byteLength >= 12, "damaged vpcC");
  if (config[5] !== 0) return config;
  const corrected = config.slice();
  corrected[5] = level;
  return corrected;
};

/** `av01.0.08M.08` out of the body of `av1C` (AV1 in ISO media files, section 5). */
export const av1Codecs = (config: Uint8Array): string => {
  requireOf(config.byteLength >= 4 && config[0] === 0x81, "damaged av1C");
  const [, second = 0, third = 0] = config;
  const depth = (third & 0x40) === 0 ? 8 : (third & 0x20) === 0 ? 10 : 12;
  return `av01.${second >> 5}.${two(second & 0x1f)}${(third & 0x80) === 0 ? "M" : "H"}.${two(depth)}`;
};

/** What an AudioSpecificConfig says. */
export type AacFacts = { objectType: number; sampleRate: number; channels: number };

const aacRates = [96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000, 7_350];

/** Reads an AudioSpecificConfig (ISO/IEC 14496-3, 1.6.2.1) as far as the channels; `sampleRate` is the core's. */
export const readAacConfig = (config: Uint8Array): AacFacts => {
  requireOf(config.byteLength >= 2, "damaged AAC configuration");
  const [first = 0, second = 0] = config;
  const objectType = first >> 3;
  const rate = aacRates[((first & 7) << 1) | (second >> 7)];
  if (rate === undefined || objectType === 31) throw new SourceRefusal("an AAC configuration of rare kind");
  return { objectType, sampleRate: rate, channels: (second >> 3) & 15 };
};

/**
 * `mp4a.40.2`, `.5` or `.29`. What is signalled only inside the packets is told by ffprobe's profile; null for kinds
 * of AAC that browsers do not take.
 */
export const aacCodecs = ({ config, profile }: { config: Uint8Array; profile: string | null }): string | null => {
  const { objectType } = readAacConfig(config);
  const told = { LC: 2, "HE-AAC": 5, "HE-AACv2": 29 }[profile ?? ""];
  return told === undefined || ![2, 5, 29].includes(objectType) ? null : `mp4a.40.${told}`;
};
