import { type FfmpegCommand, onlyMapped } from "#lib/media/ffmpeg-command.ts";
import type { CoverPicture } from "#lib/media/plan/plan.ts";

/** A picture that the waveform is drawn on; neutral, so that it suits dark and light pages. */
const coverColours = { ground: "0x191c22", wave: "0x8f9bb3" } as const;

/** Samples of sound per second that the drawing looks at. */
const waveRate = 8_000;

/** Of longer sound only this much is drawn: decoding a day of it would be all that its first rung waits for. */
const drawnSeconds = 300;

/**
 * Draws a waveform of the sound, of a long one its beginning: `coverName` (PNG) for the encoder, `posterName` (JPEG), and
 * one averaged pixel in `pixelName` (three bytes, RGB).
 */
export const coverCommand = (input: {
  picture: CoverPicture;
  sourcePath: string;
  names: { cover: string; poster: string; pixel: string };
}): FfmpegCommand => {
  const { width, height, audioStreamIndex } = input.picture;
  const wave = { width: Math.round((width * 0.85) / 2) * 2, height: Math.round((height * 0.45) / 2) * 2 };
  const still = ["-frames:v", "1", "-an", ...onlyMapped, "-fflags", "+bitexact", "-f", "image2", "-update", "1"];
  return {
    inputs: [{ kind: "media", path: input.sourcePath, options: ["-t", String(drawnSeconds)] }],
    filterGraph: [
      // showwavespic keeps every frame it is given: few and large ones cost least.
      `[0:${audioStreamIndex}]aresample=${waveRate},aformat=channel_layouts=mono,asetnsamples=n=16384:p=0,` +
        `showwavespic=s=${wave.width}x${wave.height}:colors=${coverColours.wave}:scale=sqrt[w]`,
      `color=c=${coverColours.ground}:s=${width}x${height}:r=1[g]`,
      "[g][w]overlay=(W-w)/2:(H-h)/2:format=rgb,format=rgb24,split=3[a][b][c]",
      "[c]scale=1:1:flags=area,format=rgb24[d]",
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
    ],
  };
};
