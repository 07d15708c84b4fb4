import { pictureFilters, scaleFilters } from "#lib/media/encode/picture-filters.ts";
import { type CommandInput, type CommandOutput, type FfmpegCommand, onlyMapped } from "#lib/media/ffmpeg-command.ts";
import type { StreamPicture } from "#lib/media/plan/plan.ts";
import { jpegEncoder, rawEncoder } from "#lib/media/stills/image-command.ts";
import type { PosterPlan } from "#lib/media/stills/poster-plan.ts";

/** Candidates as written into scratch: JPEGs numbered from 1, and their small copies one after the other. */
export type CandidateNames = { picture: (number: number) => string; pixels: string };

/** Names of candidates of one kind; ffmpeg numbers them through `%d`. */
export const candidateNames = (kind: "look" | "sweep" | "frame"): CandidateNames => ({
  picture: (number) => `${kind}-${number}.jpg`,
  pixels: `${kind}.rgb`,
});

const pattern = (kind: "look" | "sweep" | "frame") => `${kind}-%d.jpg`;

const analysedSide = 320;

/** Size of the small copies that are scored: the poster's shape, 320 pixels long. */
export const analysedSize = (poster: { width: number; height: number }): { width: number; height: number } => {
  const factor = Math.min(1, analysedSide / Math.max(poster.width, poster.height));
  const side = (value: number) => Math.max(2, Math.round((value * factor) / 2) * 2);
  return { width: side(poster.width), height: side(poster.height) };
};

const seconds = (value: number) => String(Math.round(value * 1e6) / 1e6);

type Poster = Pick<NonNullable<PosterPlan>, "width" | "height">;

/** Splits what the graph has named `[all]` into numbered JPEGs and the small copies. */
const candidateOutputs = (kind: "look" | "sweep" | "frame", poster: Poster) => {
  const { width, height } = analysedSize(poster);
  const still = ["-an", ...onlyMapped, "-fps_mode", "passthrough", "-fflags", "+bitexact"];
  const numbered = ["-c:v", "mjpeg", "-pix_fmt", "yuvj420p", "-q:v", "4", "-f", "image2"];
  const outputs: CommandOutput[] = [
    { name: pattern(kind), options: ["-map", "[a]", ...still, ...numbered] },
    { name: candidateNames(kind).pixels, options: ["-map", "[c]", ...still, ...rawEncoder] },
  ];
  return { graph: `[all]split=2[a][b];[b]scale=${width}:${height}:flags=area,format=rgb24[c]`, outputs };
};

const shown = (picture: StreamPicture, poster: Poster): string =>
  [...pictureFilters(picture), ...scaleFilters({ ...poster, fromRgb: picture.fromRgb })].join(",");

/** One decoder thread each: a dozen decoders with a frame in flight per processor would take the memory of a dozen. */
const oneThread = ["-threads", "1"];

/**
 * Takes the key frame at or before each of the plan's moments: one seek each, so that the length of the file does not
 * matter, and no other frame is decoded. Moments that share a key frame give it twice.
 */
export const posterLooksCommand = (input: {
  picture: StreamPicture;
  poster: NonNullable<PosterPlan>;
  sourcePath: string;
}): FfmpegCommand => {
  const { picture, poster, sourcePath } = input;
  const inputs = poster.atSeconds.map(
    (at): CommandInput => ({
      kind: "media",
      path: sourcePath,
      options: [...oneThread, "-skip_frame", "nokey", "-noaccurate_seek", "-ss", seconds(at), "-t", "1"],
    }),
  );
  const { graph, outputs } = candidateOutputs("look", poster);
  const looks = inputs.map(
    (_, index) => `[${index}:${picture.streamIndex}]trim=end_frame=1,${shown(picture, poster)},setpts=0[k${index}]`,
  );
  const joined = `${inputs.map((_, index) => `[k${index}]`).join("")}concat=n=${inputs.length},setpts=N/TB[all]`;
  return { inputs, filterGraph: [...looks, joined, graph].join(";"), outputs };
};

/** Decodes a few seconds from the beginning and takes frames at even distances: for short clips with few key frames. */
export const posterSweepCommand = (input: {
  picture: StreamPicture;
  poster: NonNullable<PosterPlan>;
  sourcePath: string;
}): FfmpegCommand => {
  const { picture, poster, sourcePath } = input;
  const { graph, outputs } = candidateOutputs("sweep", poster);
  const every = `select='isnan(prev_selected_t)+gte(t-prev_selected_t,${seconds(poster.sweepEverySeconds)})'`;
  return {
    inputs: [{ kind: "media", path: sourcePath, options: ["-t", seconds(poster.sweepSeconds)] }],
    filterGraph: [`[0:${picture.streamIndex}]${every},${shown(picture, poster)}[all]`, graph].join(";"),
    outputs,
  };
};

/** Frames whose time lies this close after the asked one still count as the one that is shown then. */
const halfMillisecond = 0.0005;

/**
 * Takes one frame of a stretch. `last`: the last one in the `windowSeconds` up to the moment, which is what is on screen
 * then, at variable rates too; each frame of the window replaces the one before under one name. `first`: the first one
 * after it, for moments before the first frame. Nothing comes out when the stretch holds no frame.
 */
export const exactFrameCommand = (input: {
  picture: StreamPicture;
  poster: Poster;
  sourcePath: string;
  atSeconds: number;
  windowSeconds: number;
  pick: "last" | "first";
  names: { poster: string; pixel: string };
}): FfmpegCommand => {
  const { picture, poster, sourcePath, atSeconds, windowSeconds, pick, names } = input;
  const from = pick === "last" ? Math.max(0, atSeconds - windowSeconds) : atSeconds;
  const length = pick === "last" ? atSeconds - from + halfMillisecond : windowSeconds;
  const trim = pick === "last" ? `trim=end=${seconds(length)}` : "trim=end_frame=1";
  const still = ["-an", ...onlyMapped, "-fps_mode", "passthrough", "-fflags", "+bitexact"];
  return {
    // A little more than is looked at: frames come out of order.
    inputs: [{ kind: "media", path: sourcePath, options: ["-ss", seconds(from), "-t", seconds(length + 1)] }],
    filterGraph: [
      `[0:${picture.streamIndex}]${trim},${shown(picture, poster)},split=2[a][b]`,
      "[b]scale=1:1:flags=area,format=rgb24[c]",
    ].join(";"),
    outputs: [
      { name: names.poster, options: ["-map", "[a]", ...still, ...jpegEncoder] },
      { name: names.pixel, options: ["-map", "[c]", ...still, ...rawEncoder] },
    ],
  };
};
