import { type Chunk, type Grid, makeChunks } from "#lib/media/plan/grid.ts";
import type { Rung } from "#lib/media/plan/ladder.ts";
import type { Plan, PlanSettings } from "#lib/media/plan/plan.ts";
import type { Probe } from "#lib/media/probe/probe.ts";
import { toNumber } from "#lib/media/rational.ts";

/**
 * Containers that ffmpeg seeks in exactly, by an index of key frames with their times. In others a seek may land late or
 * yield other times than reading from the start. AVI counts frames, so its times are the same from anywhere; the
 * probe looks whether the index of this very one can be trusted.
 */
const seekableContainer = /^(mov|matroska|avi)/;

/** Whether chunks may begin in the middle of a file of this container. */
export const isSeekable = (probe: Probe): boolean =>
  seekableContainer.test(probe.container) && (probe.durationSeconds ?? 0) > 0 && !probe.durationUncertain;

/**
 * Codecs whose packets, copied into NUT, decode to the very frames and times of the original, by container: each pair was
 * tried (tests/integration/media/picture-copy.test.ts). Elsewhere packets lack the times that NUT wants (H.264 in ASF
 * and PS).
 */
const copyable: readonly { container: RegExp; codecs: readonly string[] }[] = [
  { container: /^mpegts/, codecs: ["h264", "hevc", "mpeg1video", "mpeg2video", "mpeg4"] },
  { container: /^mpeg$/, codecs: ["mpeg1video", "mpeg2video"] },
  { container: /^flv/, codecs: ["flv1", "h264"] },
  { container: /^asf/, codecs: ["wmv1", "wmv2", "msmpeg4v2", "msmpeg4v3", "mpeg4", "mjpeg"] },
  { container: /^ogg/, codecs: ["theora", "vp8"] },
];

/**
 * A chunk keeps one processor busy, so a file too short for this many chunks of the usual length gets shorter ones: as many,
 * unless they were shorter than `shortestSpreadSeconds`, where starting ffmpeg weighs too much.
 */
const fewestChunks = 4;
const shortestSpreadSeconds = 16;

/** The copy that chunks of this file can be read from, and its size; null when there is none, or none is wanted. */
export const pictureCopy = (input: { probe: Probe; settings: PlanSettings }): Plan["copy"] | null => {
  const { container, video, durationSeconds, bitRate } = input.probe;
  const worthwhileSeconds = Math.min(fewestChunks * shortestSpreadSeconds, 2 * input.settings.encodeChunkSeconds);
  const long = (durationSeconds ?? 0) >= worthwhileSeconds;
  const faithful = copyable.some(
    (entry) => entry.container.test(container) && entry.codecs.includes(video?.codec ?? ""),
  );
  if (!long || !faithful) return null;
  return { sizeBytes: bitRate === null ? null : Math.round((bitRate / 8) * (durationSeconds ?? 0)) };
};

/** The first chunk of a preview lasts until the copy is there. */
const beforeCopySeconds = 32;

/** Pixels per second of 1080p30, which `encodeChunkSeconds` is meant for. */
const usualPixelRate = 1920 * 1080 * 30;
const shortestChunkSeconds = 8;

const encodeSeconds = (input: {
  grid: Grid;
  picture: Plan["picture"];
  durationSeconds: number;
  settings: PlanSettings;
}) => {
  const { picture, settings } = input;
  const rate = picture.width * picture.height * toNumber(input.grid.frameRate);
  const share = Math.min(1, usualPixelRate / rate);
  const spread = Math.max(shortestSpreadSeconds, input.durationSeconds / fewestChunks);
  const wanted = Math.min(settings.encodeChunkSeconds, spread);
  return Math.max(Math.min(shortestChunkSeconds, wanted), Math.min(wanted, settings.encodeChunkSeconds * share));
};

/**
 * The chunks of the rungs of one lane. A preview's grow from a short one, so that it plays soon; those of the other rungs
 * are of about equal cost, as much as one retry may lose, and a file that is hardly longer than the shortest is one chunk.
 */
export const chunksOf = (input: {
  lane: "preview" | "encode";
  rungs: readonly Rung[];
  grid: Grid;
  durationSeconds: number;
  /** Whether a chunk can begin in the middle of the file, or of a copy of its picture. */
  reach: "file" | "copy" | "none";
  settings: PlanSettings;
  picture: Plan["picture"];
}): Chunk[] => {
  const { grid, durationSeconds, settings, picture } = input;
  if (input.rungs.length === 0) return [];
  if (input.reach === "none") {
    return [{ ordinal: 0, firstSegment: 0, segmentCount: grid.kind === "frames" ? null : grid.starts.length }];
  }
  const growing = settings.previewChunkSeconds;
  const lengths =
    input.reach === "file"
      ? growing
      : growing.filter((seconds, at) => seconds >= beforeCopySeconds || at === growing.length - 1);
  const usual = encodeSeconds({ grid, picture, durationSeconds, settings });
  const secondsOf = (ordinal: number) =>
    input.lane === "preview" ? (lengths[ordinal] ?? lengths.at(-1) ?? usual) : usual;
  return makeChunks({ grid, durationSeconds, secondsOf });
};
