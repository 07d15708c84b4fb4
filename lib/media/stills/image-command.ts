import { type FfmpegCommand, type ImageFormat, onlyMapped } from "#lib/media/ffmpeg-command.ts";

/** Largest picture that is taken from a person, in bytes. */
export const maxImageBytes = 10 * 1024 * 1024;

const startsWith = (bytes: Uint8Array, signature: readonly number[], at = 0): boolean =>
  signature.every((value, index) => bytes[at + index] === value);

/**
 * What a picture is by its first bytes (PNG signature, JPEG SOI with a marker, RIFF with WEBP), whatever its sender calls
 * it; null for everything else. Twelve bytes are enough.
 */
export const imageFormatOf = (bytes: Uint8Array): ImageFormat | null => {
  if (startsWith(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return "png";
  if (startsWith(bytes, [0xff, 0xd8, 0xff])) return "jpeg";
  const riff = startsWith(bytes, [0x52, 0x49, 0x46, 0x46]) && startsWith(bytes, [0x57, 0x45, 0x42, 0x50], 8);
  return riff ? "webp" : null;
};

/** One file made of a picture: its filters, and the options of its encoder. */
export type ImageOutput = { name: string; filters: readonly string[]; encoder: readonly string[] };

/**
 * Makes new pictures of one that somebody sent, so that nothing of the sent bytes (metadata, trailing data, odd chunks)
 * is ever handed on. Only the first frame counts.
 */
export const imageCommand = (input: {
  path: string;
  format: ImageFormat;
  outputs: readonly ImageOutput[];
}): FfmpegCommand => {
  const { path, format, outputs } = input;
  const split = `[0:v:0]split=${outputs.length}${outputs.map((_, index) => `[s${index}]`).join("")}`;
  const branches = outputs.map(({ filters }, index) => `[s${index}]${filters.join(",")}[o${index}]`);
  return {
    inputs: [{ kind: "image", path, format, options: [] }],
    filterGraph: [split, ...branches].join(";"),
    outputs: outputs.map(({ name, encoder }, index) => ({
      name,
      options: ["-map", `[o${index}]`, "-frames:v", "1", "-an", ...onlyMapped, "-fflags", "+bitexact", ...encoder],
    })),
  };
};

/** Encoder options of a JPEG of good quality, written as one file. */
export const jpegEncoder: readonly string[] = [
  ...["-c:v", "mjpeg", "-pix_fmt", "yuvj420p", "-q:v", "3"],
  ...["-f", "image2", "-update", "1"],
];

/** Encoder options of a PNG with transparency, written as one file. */
export const pngEncoder: readonly string[] = ["-c:v", "png", "-pix_fmt", "rgba", "-f", "image2", "-update", "1"];

/** Encoder options of a still WebP with transparency, written as one file. */
export const webpEncoder: readonly string[] = [
  ...["-c:v", "libwebp", "-pix_fmt", "bgra", "-quality", "85"],
  ...["-f", "image2", "-update", "1"],
];

/** Encoder options of bare pixels. */
export const rawEncoder: readonly string[] = ["-c:v", "rawvideo", "-f", "rawvideo"];
