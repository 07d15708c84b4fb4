import { type FfmpegCommand, onlyMapped } from "#lib/media/ffmpeg-command.ts";
import type { CoverPicture } from "#lib/media/plan/plan.ts";
import { thumbnailEncoder, thumbnailFilters, thumbnailSizes } from "#lib/media/stills/thumbnail-command.ts";

/** A picture that the waveform is drawn on; neutral, so that it suits dark and light pages. */
const coverColours = { ground: "0x191c22", wave: "0x8f9bb3" } as const;

/** Samples of sound per second that the drawing looks at. */
const waveRate = 8_000;

/** Of longer sound only this much is drawn: decoding a day of it would be all that its first rung waits for. */
const drawnSeconds = 300;

/**
 * Draws a waveform of the sound, of a long one its beginning: `cover` (PNG) for the encoder, `poster` (JPEG), one averaged
 * pixel in `pixel` (three bytes, RGB), and the poster's small copies, unless `thumbnail` is null: it names each by its width.
 */
export const coverCommand = (input: {
  picture: CoverPicture;
  sourcePath: string;
  names: { cover: string; poster: string; pixel: string; thumbnail: ((width: number) => string) | null };
}): FfmpegCommand => {
  const { width, height, audioStreamIndex } = input.picture;
  const { thumbnail } = input.names;
  const copies =
    thumbnail === null ? [] : thumbnailSizes(input.picture).map((size) => ({ size, name: thumbnail(size.width) }));
  const wave = { width: Math.round((width * 0.85) / 2) * 2, height: Math.round((height * 0.45) / 2) * 2 };
  const still = ["-frames:v", "1", "-an", ...onlyMapped, "-fflags", "+bitexact", "-f", "image2", "-update", "1"];
  return {
    inputs: [{ kind: "media", path: input.sourcePath, options: ["-t", String(drawnSeconds)] }],
    filterGraph: [
      // showwavespic keeps every frame it is given: few and large ones cost least.
      `[0:${audioStreamIndex}]aresample=${waveRate},aformat=channel_layouts=mono,asetnsamples=n=16384:p=0,` +
        `showwavespic=s=${wave.width}x${wave.height}:colors=${coverColours.wave}:scale=sqrt[w]`,
      `color=c=${coverColours.ground}:s=${width}x${height}:r=1[g]`,
      `[g][w]overlay=(W-w)/2:(H-h)/2:format=rgb,format=rgb24,split=${3 + copies.length}[a][b][c]` +
        copies.map((_, index) => `[s${index}]`).join(""),
      "[c]scale=1:1:flags=area,format=rgb24[d]",
      ...copies.map(({ size }, index) => `[s${index}]${thumbnailFilters(size, { fromRgb: true })}[t${index}]`),
    ].join(";"),
    outputs: [
      { name: input.names.cover, options: ["-map", "[a]", "-c:v", "png", ...still] },
      {
        name: input.names.poster,
        options: ["-map", "[b]", "-c:v", "mjpeg", "-pix_fmt", "yuvj420p", "-q:v", "3", ...still],
      },
      {
        name: input.names.pixel,
        options: ["-map", "[d]", "-c:v", "rawvideo", "-frames:v", "1", "-an", "-f", "rawvideo"],
      },
      ...copies.map(({ name }, index) => ({ name, options: ["-map", `[t${index}]`, ...thumbnailEncoder] })),
    ],
  };
};
