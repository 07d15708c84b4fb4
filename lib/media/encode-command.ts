import { type CommandInput, type CommandOutput, type FfmpegCommand, onlyMapped } from "#lib/media/ffmpeg-command.ts";
import { type Chunk, frameSeconds, type Grid, segmentSeconds } from "#lib/media/grid.ts";
import type { Rung } from "#lib/media/ladder.ts";
import { colourTags, pictureFilters, scaleFilters, toneMapFilters } from "#lib/media/picture-filters.ts";
import type { AudioPlan, CoverPicture, Plan, StreamPicture } from "#lib/media/plan.ts";
import { toText } from "#lib/media/rational.ts";

const seconds = (value: number) => String(Math.round(value * 1e6) / 1e6);

/** Pattern of ffmpeg's segment names; must agree with the names in storage. */
const segmentPattern = "%05d.m4s";

/** File name of the init segment inside a rendition's folder. */
export const initName = "init.mp4";

/**
 * HLS with fragmented MP4, cut by us. `frag_discont` keeps the place in time of a chunk that does not begin at 0;
 * `negative_cts_offsets` with times left alone makes the first presentation time equal to `tfdt`, without an edit list.
 */
const hlsOutput = (input: { rendition: string; cutSeconds: number; firstSegment: number }): string[] => [
  ...["-avoid_negative_ts", "disabled", "-fflags", "+bitexact", "-f", "hls"],
  ...["-hls_time", seconds(input.cutSeconds), "-hls_list_size", "0", "-hls_playlist_type", "vod"],
  ...["-hls_segment_type", "fmp4", "-hls_flags", "temp_file", "-start_number", String(input.firstSegment)],
  ...["-hls_segment_options", "movflags=+frag_discont+negative_cts_offsets"],
  ...["-hls_fmp4_init_filename", initName, "-hls_segment_filename", `${input.rendition}/${segmentPattern}`],
];

/** Far below any grid: the muxer then cuts at every key frame, and key frames stand exactly on the grid. */
const cutAtEveryKeyFrame = 0.01;

/** True for the frames of a chunk that stand on the grid; `n` counts from the chunk's own first frame. */
const onGrid = ({ grid, chunk }: { grid: Grid; chunk: Chunk }): string => {
  const every = `eq(mod(n,${grid.framesPerSegment}),0)`;
  return grid.uncutFrame === null ? every : `${every}*not(eq(n,${grid.uncutFrame - chunk.startFrame}))`;
};

const x264 = ({ rung, grid, chunk }: { rung: Rung; grid: Grid; chunk: Chunk }): string[] => [
  ...["-c:v", "libx264", "-preset", rung.preset, "-profile:v", "high", "-threads:v", String(rung.threads)],
  ...["-crf", String(rung.crf), "-maxrate", `${rung.maxrateKbps}k`, "-bufsize", `${rung.bufsizeKbps}k`],
  // By frame number, not by time: no rounding can move a key frame off the grid.
  ...["-force_key_frames", `expr:${onGrid({ grid, chunk })}`, "-g", "9999", "-sc_threshold", "0"],
  ...["-fps_mode", "passthrough"],
];

const rungOutput = (input: { plan: Plan; chunk: Chunk; rung: Rung; index: number }): CommandOutput => {
  const { plan, chunk, rung } = input;
  const { picture, grid } = plan;
  return {
    name: `${rung.name}/index.m3u8`,
    options: [
      ...["-map", `[v${input.index}]`, "-an", ...onlyMapped],
      ...x264({ rung, grid, chunk }),
      ...(picture.origin === "stream" ? colourTags(picture) : []),
      ...(chunk.frameCount === null ? ["-t", seconds(limitFor(plan))] : ["-frames:v", String(chunk.frameCount)]),
      ...["-output_ts_offset", seconds(frameSeconds({ grid, frame: chunk.startFrame }))],
      ...hlsOutput({ rendition: rung.name, cutSeconds: cutAtEveryKeyFrame, firstSegment: chunk.firstSegment }),
    ],
  };
};

/** A drawn cover has no end of its own: it lasts as long as the sound, which the probe measured. */
const limitFor = (plan: Plan) => (plan.picture.origin === "cover" ? plan.durationMs / 1000 : plan.outputLimitSeconds);

const streamHead = (input: { plan: Plan; picture: StreamPicture; chunk: Chunk }): string[] => {
  const { picture, plan } = input;
  const last = input.chunk.frameCount === null;
  return [
    ...pictureFilters(picture),
    // Constant rate from time 0 on: variable rates, gaps and a late first frame all end here, once for all rungs.
    `fps=${toText(plan.grid.frameRate)}:start_time=0`,
    ...(last && picture.holdSeconds > 0 ? [`tpad=stop_mode=clone:stop_duration=${seconds(picture.holdSeconds)}`] : []),
  ];
};

const splitGraph = (input: { source: string; head: readonly string[]; rungs: readonly Rung[]; fromRgb: boolean }) => {
  const labels = input.rungs.map((_, index) => `[s${index}]`).join("");
  const head = [...input.head, `split=${input.rungs.length}`].join(",");
  const branches = input.rungs.map(
    (rung, index) => `[s${index}]${scaleFilters({ ...rung, fromRgb: input.fromRgb }).join(",")}[v${index}]`,
  );
  return [`${input.source}${head}${labels}`, ...branches].join(";");
};

/**
 * One decode, one split, all rungs of one chunk. Writes `<rung>/init.mp4` and `<rung>/NNNNN.m4s`, numbered from the
 * chunk's first segment and placed in time where the chunk begins.
 */
export const encodeCommand = (input: {
  plan: Plan;
  chunk: Chunk;
  sourcePath: string;
  coverName: string;
}): FfmpegCommand => {
  const { plan, chunk } = input;
  const { picture, grid, rungs } = plan;
  const start = frameSeconds({ grid, frame: chunk.startFrame });
  const seek = chunk.startFrame === 0 ? [] : ["-ss", seconds(start)];
  const media: CommandInput =
    picture.origin === "stream"
      ? { kind: "media", path: input.sourcePath, options: seek }
      : { kind: "cover", name: input.coverName, options: ["-loop", "1", "-framerate", toText(grid.frameRate)] };
  return {
    inputs: [media],
    filterGraph:
      picture.origin === "stream"
        ? splitGraph({
            source: `[0:${picture.streamIndex}]`,
            head: streamHead({ plan, picture, chunk }),
            rungs,
            fromRgb: picture.fromRgb,
          })
        : splitGraph({ source: "[0:v]", head: ["null"], rungs, fromRgb: true }),
    outputs: rungs.map((rung, index) => rungOutput({ plan, chunk, rung, index })),
  };
};

/**
 * One audio rendition from start to end, cut at the first packet at or after each grid line (at most one packet, 23 ms,
 * late, and without drift). The encoder's priming lies before 0 and is dropped, so that 0 is the first sound.
 */
export const audioCommand = (input: { plan: Plan; track: AudioPlan; sourcePath: string }): FfmpegCommand => {
  const { plan, track } = input;
  const filters = [
    // Fills gaps and a late start with silence, so that sound stays with the picture.
    "aresample=async=1:first_pts=0",
    ...(track.padSeconds > 0 ? [`apad=pad_dur=${seconds(track.padSeconds)}`] : []),
  ];
  const encode = ["-af", filters.join(","), "-c:a", "aac", "-b:a", `${track.kbps}k`, "-ac", "2", "-ar", "48000"];
  return {
    inputs: [{ kind: "media", path: input.sourcePath, options: [] }],
    filterGraph: null,
    outputs: [
      {
        name: `${track.rendition}/index.m3u8`,
        options: [
          ...["-map", `0:${track.streamIndex}`, "-vn", ...onlyMapped],
          ...(track.mode === "copy" ? ["-c:a", "copy"] : encode),
          ...["-bsf:a", "noise=drop='lt(pts,0)'", "-t", seconds(plan.outputLimitSeconds)],
          ...hlsOutput({ rendition: track.rendition, cutSeconds: segmentSeconds(plan.grid), firstSegment: 0 }),
        ],
      },
    ],
  };
};

/** Reads the whole file without decoding, to learn how long it lasts: the last progress report tells. */
export const measureCommand = (input: { sourcePath: string; streamIndexes: readonly number[] }): FfmpegCommand => ({
  inputs: [{ kind: "media", path: input.sourcePath, options: [] }],
  filterGraph: null,
  outputs: [
    {
      name: null,
      options: [...input.streamIndexes.flatMap((index) => ["-map", `0:${index}`]), ...onlyMapped, "-c", "copy"],
    },
  ],
});

/** A picture that the waveform is drawn on; neutral, so that it suits dark and light pages. */
const coverColours = { ground: "0x191c22", wave: "0x8f9bb3" } as const;

/** Memory of the drawing is bounded by this many sound samples, whatever the length. */
const waveSamples = 24_000_000;

/**
 * Draws a waveform of the whole sound: `coverName` (PNG) for the encoder, `posterName` (JPEG), and one averaged pixel
 * in `pixelName` (three bytes, RGB).
 */
export const coverCommand = (input: {
  picture: CoverPicture;
  durationMs: number;
  sourcePath: string;
  names: { cover: string; poster: string; pixel: string };
}): FfmpegCommand => {
  const { width, height, audioStreamIndex } = input.picture;
  const rate = Math.max(500, Math.min(8_000, Math.floor(waveSamples / Math.max(1, input.durationMs / 1000))));
  const wave = { width: Math.round((width * 0.85) / 2) * 2, height: Math.round((height * 0.45) / 2) * 2 };
  const still = ["-frames:v", "1", "-an", ...onlyMapped, "-fflags", "+bitexact", "-f", "image2", "-update", "1"];
  return {
    inputs: [{ kind: "media", path: input.sourcePath, options: [] }],
    filterGraph: [
      // showwavespic keeps every frame it is given: few and large ones cost least.
      `[0:${audioStreamIndex}]aresample=${rate},aformat=channel_layouts=mono,asetnsamples=n=16384:p=0,` +
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

/** Makes one frame with the filters that tone mapping needs: succeeds when this ffmpeg has them. */
export const toneMapCheckCommand = (): FfmpegCommand => ({
  inputs: [{ kind: "generated", source: "color=s=64x64:r=1:d=1", options: [] }],
  filterGraph: `[0:v]${toneMapFilters("pq").join(",")}[v]`,
  outputs: [{ name: null, options: ["-map", "[v]", "-frames:v", "1"] }],
});
