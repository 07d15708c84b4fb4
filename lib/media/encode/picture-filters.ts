import type { StreamPicture } from "#lib/media/plan/plan.ts";

const transferName = { pq: "smpte2084", hlg: "arib-std-b67" } as const;

/**
 * High dynamic range to BT.709: to linear light, to BT.709 primaries, highlights bent (Mobius), back. 203 cd/m² is what
 * BT.2408 calls white in HDR, so shadows, skin and mid tones keep the light they would have in SDR, white comes out at
 * 227 of 255, and only what lies above half of white is bent. The input is named first because many files leave half of
 * it out and `zscale` refuses to guess.
 */
export const toneMapFilters = (from: "pq" | "hlg") => [
  `setparams=color_primaries=bt2020:color_trc=${transferName[from]}:colorspace=bt2020nc:range=tv`,
  "zscale=t=linear:npl=203",
  "format=gbrpf32le",
  "zscale=p=bt709",
  "tonemap=tonemap=mobius:param=0.5:desat=0",
  "zscale=t=bt709:m=bt709:r=tv",
  "format=yuv420p",
];

/** Filters that turn a stored picture into the one that is shown, size apart. ffmpeg itself applies the rotation. */
export const pictureFilters = (picture: StreamPicture): string[] => [
  // Only frames marked as interlaced: progressive stretches of mixed material stay untouched.
  ...(picture.deinterlace ? ["bwdif=mode=send_frame:parity=auto:deint=interlaced"] : []),
  ...(picture.toneMapFrom === null ? [] : toneMapFilters(picture.toneMapFrom)),
];

/** Scales to a size with square pixels, limited range and 4:2:0. */
export const scaleFilters = (input: { width: number; height: number; fromRgb: boolean }): string[] => [
  `scale=${input.width}:${input.height}:flags=bicubic:out_range=tv${input.fromRgb ? ":out_color_matrix=bt709" : ""}`,
  "setsar=1",
  "format=yuv420p",
];

/** Colour tags of the output where we decided them; elsewhere the source's own are carried over. */
export const colourTags = (picture: { toneMapFrom: string | null; fromRgb: boolean }): string[] => {
  if (picture.toneMapFrom === null && !picture.fromRgb) return [];
  const space = ["-colorspace", "bt709", "-color_range", "tv"];
  return picture.toneMapFrom === null ? space : [...space, "-color_primaries", "bt709", "-color_trc", "bt709"];
};
