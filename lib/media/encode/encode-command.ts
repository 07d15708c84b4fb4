import { colourTags, pictureFilters, scaleFilters } from "#lib/media/encode/picture-filters.ts";
import { fragmentOutput, secondsText, streamName } from "#lib/media/encode/segment-output.ts";
import { type CommandInput, type CommandOutput, type FfmpegCommand, onlyMapped } from "#lib/media/ffmpeg-command.ts";
import { type Chunk, chunkTimes, type FrameGrid, type Grid, segmentFrame, segmentStart } from "#lib/media/plan/grid.ts";
import type { Rung } from "#lib/media/plan/ladder.ts";
import type { Plan, StreamPicture } from "#lib/media/plan/plan.ts";
import { delayFilter } from "#lib/media/probe/stream-delay.ts";
import { toText } from "#lib/media/rational.ts";

/** Something laid over every rung: an input of its own, what prepares it, and what lays it over the picture. */
export type PictureOverlay = {
  input: CommandInput;
  /** Branches of the filter graph; they take `[1:v]` and end in `[k0]`, `[k1]` and so on, one per rung. */
  branches: readonly string[];
  /** The filter that takes picture and overlay of a rung. */
  filterOf: (rung: Rung) => string;
};

type EncodeInput = {
  plan: Plan;
  chunk: Chunk;
  /** The rungs that this one decode makes. */
  rungs: readonly Rung[];
  sourcePath: string;
  /** Picture in scratch that is shown all the time when the file has none. */
  coverName: string;
  overlay: PictureOverlay | null;
  /** Whether `sourcePath` is the run's copy of the picture and not the original. */
  copied?: boolean;
  /** Reads the file from its start although the chunk begins later: for when a seek was seen to land too late. */
  fromStart?: boolean;
};

/** Times read from containers and written by us differ by rounding; no two frames stand this close. */
const roundingSeconds = 0.001;

/** Seconds from which on frames belong to a segment: a little before its first one, so that no rounding can miss it. */
const cutSeconds = ({ grid, index }: { grid: Grid; index: number }): number =>
  segmentStart({ grid, index }) - roundingSeconds;

const firstFrame = ({ grid, chunk }: { grid: FrameGrid; chunk: Chunk }): number =>
  segmentFrame({ grid, index: chunk.firstSegment });

/** Frames of a chunk; null for an open one. */
const frameCount = ({ grid, chunk }: { grid: FrameGrid; chunk: Chunk }): number | null =>
  chunk.segmentCount === null
    ? null
    : segmentFrame({ grid, index: chunk.firstSegment + chunk.segmentCount }) - firstFrame({ grid, chunk });

/** Where key frames are forced: by frame number on a frame grid, by the source's own times on a source grid. */
const forcedKeyFrames = ({ grid, chunk }: { grid: Grid; chunk: Chunk }): string => {
  if (grid.kind === "frames") {
    // `n` counts from the chunk's own first frame. By number, not by time: no rounding can move a key frame off the grid.
    const every = `eq(mod(n,${grid.framesPerSegment}),0)`;
    const uncut = grid.uncutFrame === null ? null : grid.uncutFrame - firstFrame({ grid, chunk });
    return `expr:${uncut === null ? every : `${every}*not(eq(n,${uncut}))`}`;
  }
  const last = chunk.firstSegment + (chunk.segmentCount ?? grid.starts.length - chunk.firstSegment);
  const inner = grid.starts.slice(chunk.firstSegment, last).map((_, at) => chunk.firstSegment + at);
  return inner.map((index) => secondsText(Math.max(0, cutSeconds({ grid, index })))).join(",");
};

/**
 * One thread per rung: with more, x264's rate control reads how far the other threads happen to have come, so that the same
 * chunk gives other bytes each time. Processors are kept busy by chunks beside one another (decision 25).
 */
const encoderThreads = "1";

/** Without this, processors with and without AVX-512 give other bytes where a width is no multiple of 128 (decision 25). */
const sameOnEveryProcessor = "cpu-independent=1";

const x264 = ({ rung, grid, chunk }: { rung: Rung; grid: Grid; chunk: Chunk }): string[] => [
  ...["-c:v", "libx264", "-preset", rung.preset, "-profile:v", "high", "-threads:v", encoderThreads],
  ...["-x264-params", sameOnEveryProcessor],
  ...["-crf", String(rung.crf), "-maxrate", `${rung.maxrateKbps}k`, "-bufsize", `${rung.bufsizeKbps}k`],
  ...["-force_key_frames", forcedKeyFrames({ grid, chunk }), "-g", "9999", "-sc_threshold", "0"],
  ...["-fps_mode", "passthrough"],
  // The source's own ticks, so that its times are kept as they are.
  ...(grid.kind === "source" ? ["-enc_time_base", `1/${grid.timescale}`] : []),
];

/** A drawn cover has no end of its own: it lasts as long as the sound, which the probe measured. */
const limitFor = (plan: Plan) => (plan.picture.origin === "cover" ? plan.durationMs / 1000 : plan.outputLimitSeconds);

const endOptions = ({ plan, chunk }: { plan: Plan; chunk: Chunk }): string[] => {
  const frames = plan.grid.kind === "frames" ? frameCount({ grid: plan.grid, chunk }) : null;
  return frames === null ? ["-t", secondsText(limitFor(plan))] : ["-frames:v", String(frames)];
};

const rungOutput = (input: EncodeInput & { rung: Rung; index: number }): CommandOutput => {
  const { plan, chunk, rung } = input;
  const { picture, grid } = plan;
  return {
    name: `${rung.name}/${streamName}`,
    options: [
      ...["-map", `[v${input.index}]`, "-an", ...onlyMapped],
      ...x264({ rung, grid, chunk }),
      ...(picture.origin === "stream" ? colourTags(picture) : []),
      ...endOptions({ plan, chunk }),
      ...fragmentOutput("video"),
    ],
  };
};

/**
 * Reads from the last key frame before the chunk on, with the same times that reading from the start would give. Frames
 * from before the chunk are needed where rates vary: the last of them may still be shown when the chunk begins.
 */
const seekOptions = ({ plan, chunk, copied = false, fromStart = false }: EncodeInput): string[] => {
  if (!plan.seekable && !copied) return [];
  const { start } = chunkTimes({ grid: plan.grid, chunk });
  // The times of a copy count from the run's time 0 already, even if its first frame comes later.
  const sameTimes = copied ? ["-copyts", "-seek_timestamp", "1"] : ["-copyts", "-start_at_zero"];
  if (fromStart || chunk.firstSegment === 0) return sameTimes;
  // A little late, so that a key frame exactly at the start is taken itself and not the one before it; deinterlacing
  // looks at the frame before, so there it is a little early.
  const deinterlaces = plan.picture.origin === "stream" && plan.picture.deinterlace;
  const seek = start + (deinterlaces ? -2 : 2) * roundingSeconds;
  return [...sameTimes, "-noaccurate_seek", "-ss", secondsText(seek)];
};

/** The frames of a chunk on a frame grid: a constant rate, counted from time 0 as if the file was read from its start. */
const constantRate = (input: { plan: Plan; grid: FrameGrid; picture: StreamPicture; chunk: Chunk }): string[] => {
  const { grid, picture, chunk } = input;
  const frame = firstFrame({ grid, chunk });
  const rate = `fps=${toText(grid.frameRate)}`;
  const open = chunk.segmentCount === null;
  return [
    // Variable rates, gaps and a late first frame all end here, once for all rungs.
    ...(frame === 0 ? [`${rate}:start_time=0`] : [rate, `trim=start_pts=${frame}`]),
    ...(open && picture.holdSeconds > 0
      ? [`tpad=stop_mode=clone:stop_duration=${secondsText(picture.holdSeconds)}`]
      : []),
  ];
};

/** The frames of a chunk on the source's own grid, each at its own time. */
const ownTimes = ({ plan, chunk }: { plan: Plan; chunk: Chunk }): string[] => {
  const { grid } = plan;
  const behind = chunk.firstSegment + (chunk.segmentCount ?? 0);
  const isLast = chunk.segmentCount === null || (grid.kind === "source" && behind >= grid.starts.length);
  const bounds = [
    ...(chunk.firstSegment === 0 ? [] : [`start=${secondsText(cutSeconds({ grid, index: chunk.firstSegment }))}`]),
    ...(isLast ? [] : [`end=${secondsText(cutSeconds({ grid, index: behind }))}`]),
  ];
  return bounds.length === 0 ? [] : [`trim=${bounds.join(":")}`];
};

const headFilters = ({ plan, chunk, copied = false }: EncodeInput, picture: StreamPicture): string[] => {
  const { grid } = plan;
  return [
    ...(picture.delaySeconds === undefined || copied ? [] : [delayFilter(picture.delaySeconds)]),
    ...pictureFilters(picture),
    ...(grid.kind === "frames" ? constantRate({ plan, grid, picture, chunk }) : ownTimes({ plan, chunk })),
  ];
};

const pixels = ({ width, height }: Rung): number => width * height;

/**
 * Every picture is scaled to the largest rung, and the others are made of that: it has all that a smaller one can show, and
 * scaling a large picture once for each of three rungs costs as much as decoding it (docs/benchmarks.md).
 */
const filterGraph = (input: EncodeInput & { source: string; head: readonly string[]; fromRgb: boolean }): string => {
  const { rungs, overlay } = input;
  const largest = rungs.reduce((best, rung) => (pixels(rung) > pixels(best) ? rung : best));
  const scaled = overlay === null ? "v" : "p";
  const labels = rungs.map((rung, index) => `[${rung === largest ? scaled : "s"}${index}]`).join("");
  const scale = (rung: Rung, fromRgb: boolean) => scaleFilters({ ...rung, fromRgb });
  const branches = rungs.flatMap((rung, index) => [
    ...(rung === largest ? [] : [`[s${index}]${scale(rung, false).join(",")}[${scaled}${index}]`]),
    ...(overlay === null ? [] : [`[p${index}][k${index}]${overlay.filterOf(rung)}[v${index}]`]),
  ]);
  const head = [...input.head, ...scale(largest, input.fromRgb), `split=${rungs.length}`].join(",");
  return [`${input.source}${head}${labels}`, ...(overlay?.branches ?? []), ...branches].join(";");
};

/**
 * One decode, one split, the given rungs (at least one) of one chunk. Writes `<rung>/stream.mp4`, one fragment per segment,
 * placed in time where the chunk begins.
 */
export const encodeCommand = (input: EncodeInput): FfmpegCommand => {
  const { plan, overlay } = input;
  const { picture, grid } = plan;
  const media: CommandInput =
    picture.origin === "stream"
      ? { kind: "media", path: input.sourcePath, options: seekOptions(input) }
      : { kind: "cover", name: input.coverName, options: ["-loop", "1", "-framerate", toText(grid.frameRate)] };
  return {
    inputs: overlay === null ? [media] : [media, overlay.input],
    filterGraph:
      picture.origin === "stream"
        ? filterGraph({
            ...input,
            source: `[0:${input.copied === true ? 0 : picture.streamIndex}]`,
            head: headFilters(input, picture),
            fromRgb: picture.fromRgb,
          })
        : filterGraph({ ...input, source: "[0:v]", head: ["null"], fromRgb: true }),
    outputs: input.rungs.map((rung, index) => rungOutput({ ...input, rung, index })),
  };
};
