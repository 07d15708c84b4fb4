import type { Mp3Bitrate } from "#lib/media/encode/mp3-command.ts";
import { unreachableChunk } from "#lib/media/plan/chunk-source.ts";
import { chunkSeconds } from "#lib/media/plan/grid.ts";
import type { Plan, PlannedStepKind } from "#lib/media/plan/plan.ts";

const mebibyte = 1024 ** 2;

/** Playlists, results, a few pictures: what no estimate is needed for. */
const leastBytes = 16 * mebibyte;
/** Room for a file's own boxes, and for one that lasts a little longer than declared. */
const margin = 1.1;
/** Segments wait in scratch until they are published, which happens every few seconds. */
const backlogSeconds = 60;
/** A file that tells no length is taken to be this long. */
const unknownSeconds = 1800;
/** A drawn cover does not move: its rungs take this share of what a picture may. */
const coverShare = 0.1;
/** The most that is copied of a track, in kbit/s; encoded ones have a rate of their own. */
const copiedKbps = 200;
/** Segments of the source that are packaged and published together. */
const packagedAtOnce = 16;
/** A segment may be this much larger than its track's mean. */
const unevenness = 3;
/** Key frames for the storyboard, per second of the video. */
const stillsBytesPerSecond = 20 * 1024;
/** Whole segments that the card's preview is cut from, in seconds. */
const previewSeconds = 30;

const bytesOf = (kbps: number, seconds: number) => (kbps * 1000 * seconds) / 8;
const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);

const lengthOf = ({ durationMs }: Plan) => (durationMs > 0 ? durationMs / 1000 : unknownSeconds);

/** ffmpeg's growing file stays until the chunk has ended; its segments lie beside it until they are published. */
const pictureBytes = (plan: Plan, { kind, ordinal }: ScratchStep, copied: boolean): number => {
  const isPreview = kind === "preview";
  const planned = (isPreview ? plan.previewChunks : plan.chunks).find((candidate) => candidate.ordinal === ordinal);
  const chunk = planned === undefined || copied ? planned : unreachableChunk(planned);
  if (chunk === undefined || chunk === null) return 0;
  const rungs = plan.rungs.filter(({ name }) => (name === plan.previewRung) === isPreview);
  const seconds = chunkSeconds({ grid: plan.grid, chunk, durationSeconds: lengthOf(plan) });
  const kbps = total(rungs.map(({ maxrateKbps }) => maxrateKbps)) * (plan.picture.origin === "cover" ? coverShare : 1);
  return bytesOf(kbps, seconds + Math.min(seconds, backlogSeconds));
};

/** Sound comes faster than it is published, so all of it may lie there twice. */
const soundBytes = (plan: Plan, { ordinal }: ScratchStep): number => {
  const track = plan.audio.find((candidate) => candidate.ordinal === ordinal);
  return track === undefined ? 0 : bytesOf(2 * Math.max(track.kbps, copiedKbps), lengthOf(plan));
};

const packagedBytes = ({ source }: Plan): number => {
  if (source === null) return 0;
  const each = [source.video, ...source.audio].map(
    ({ sizeBytes, starts }) => (sizeBytes / Math.max(1, starts.length)) * Math.min(starts.length, packagedAtOnce),
  );
  return Math.max(...each) * unevenness;
};

const stillsBytes = (plan: Plan): number => {
  const kbps = plan.rungs[0]?.maxrateKbps ?? (plan.source?.video.bandwidth.peak ?? 0) / 1000;
  return lengthOf(plan) * stillsBytesPerSecond + bytesOf(kbps, previewSeconds);
};

/** A step as far as its scratch goes; the plan names all kinds but the probe. */
export type ScratchStep = { kind: PlannedStepKind | "probe"; ordinal: number };

/** What steps of a kind write beyond what is always asked for. */
const ownBytes: Partial<Record<ScratchStep["kind"], (plan: Plan, step: ScratchStep, copied: boolean) => number>> = {
  preview: pictureBytes,
  encode: pictureBytes,
  audio: soundBytes,
  package: packagedBytes,
  stills: stillsBytes,
  copy: ({ copy }) => copy?.sizeBytes ?? 0,
};

/**
 * Bytes of scratch that a step may take at most, from what its encoders are allowed: rates times seconds times rungs,
 * with room to spare. Without the original, which the worker's cache counts. `plan` is null before the probe has ended;
 * `copied` is false once the copy that the plan wants turned out to be impossible, so that one chunk takes all. Pure.
 */
export const scratchNeed = (input: { plan: Plan | null; step: ScratchStep; copied?: boolean }): number => {
  const { plan, step, copied = true } = input;
  const own = plan === null ? 0 : (ownBytes[step.kind]?.(plan, step, copied) ?? 0);
  return Math.ceil(leastBytes + own * margin);
};

/** LAME's variable rates stay below the largest constant one. */
const largestMp3Kbps = 320;

/** Bytes of scratch for one sound file: the sound, and the same once more behind its tag. Pure. */
export const exportScratchNeed = ({ bitrate, seconds }: { bitrate: Mp3Bitrate; seconds: number | null }): number => {
  const kbps = typeof bitrate === "number" ? bitrate : largestMp3Kbps;
  return Math.ceil(leastBytes + bytesOf(2 * kbps, seconds ?? unknownSeconds) * margin);
};
