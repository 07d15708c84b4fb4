import { createHash } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { readSegment } from "#lib/media/fragment/fmp4.ts";
import type { Plan } from "#lib/media/plan/plan.ts";
import type { PartsResult, RenditionPart } from "#lib/media/playlists/rendition-parts.ts";
import type { SourceRung, SourceTrack } from "#lib/media/source/source-rung.ts";
import { packageSegment } from "#lib/packaging/index.ts";
import { initKey, segmentKey, segmentName } from "#lib/storage/keys.ts";
import { requirePlan } from "./require-plan.ts";
import type { StepContext, StepHandler } from "./step.ts";

/** Segments that are published together: about a minute is lost at most when a worker dies. */
const stretchSegments = 16;

/** Nobody waits for what nobody asked for yet: as long as a segment took, the disk is left to others. */
const restPerWork = 1;

/**
 * The source's own tracks whose segments stay with the run: all of a rung that is kept, else only the sound that other
 * rungs share.
 */
export const keptTracks = ({ source }: Pick<Plan, "source">): SourceTrack[] => {
  if (source === null) return [];
  return source.keep
    ? [source.video, ...source.audio]
    : source.audio.filter(({ rendition }) => !rendition.startsWith("source-"));
};

type Work = { context: StepContext; rung: SourceRung; track: SourceTrack };
type Init = Omit<RenditionPart, "firstSegment" | "segments">;

const make = async ({ context, rung, track }: Work, index: number | "init"): Promise<Uint8Array> => {
  const { sourcePath, signal } = context;
  const begun = performance.now();
  const bytes = await packageSegment({
    ...{ source: { path: sourcePath }, rung, rendition: track.rendition, index, signal },
  });
  await pause((performance.now() - begun) * restPerWork, undefined, { signal });
  return bytes;
};

/** As the plan declared it before anything was stored: nothing may differ afterwards. */
const describeInit = ({ rung, track }: Work, init: Uint8Array): Init => ({
  rendition: track.rendition,
  initHash: createHash("sha256").update(init).digest("hex").slice(0, 32),
  initBytes: init.byteLength,
  codecs: track.codecs,
  timescale: track.timescale,
  width: track === rung.video ? rung.width : null,
  height: track === rung.video ? rung.height : null,
});

const ticksOf = (track: SourceTrack, index: number) => {
  const start = track.starts[index] ?? track.endTicks;
  return { start, duration: (track.starts[index + 1] ?? track.endTicks) - start };
};

/** Packages and publishes one stretch; the first brings the init segment along. */
const packageStretch = async (work: Work, stretch: { init: Uint8Array; first: number; end: number }) => {
  const { context, track } = work;
  const { init, first, end } = stretch;
  const run = { videoId: context.run.videoId, runId: context.run.id, rendition: track.rendition };
  const folder = join(context.scratchDir, track.rendition);
  await mkdir(folder, { recursive: true });
  const files: { path: string; key: string }[] = [];
  const put = async (name: string, key: string, bytes: Uint8Array) => {
    await writeFile(join(folder, name), bytes);
    files.push({ path: join(folder, name), key });
  };
  if (first === 0) await put("init.mp4", initKey(run), init);
  const segments: RenditionPart["segments"] = [];
  for (let index = first; index < end; index += 1) {
    const bytes = await make(work, index);
    await put(segmentName(index), segmentKey({ ...run, index }), bytes);
    const { firstSample } = readSegment(bytes);
    segments.push({ ...ticksOf(track, index), sizeBytes: bytes.byteLength, keyFrameBytes: firstSample.end });
  }
  const part = { ...describeInit(work, init), firstSegment: first, segments };
  await context.publish({ part, files });
};

const packageTrack = async (work: Work, advance: (segments: number) => void): Promise<void> => {
  const { context, track } = work;
  const total = track.starts.length;
  const before = await context.published(track.rendition);
  let next = before.reduce((sum, part) => sum + part.segments.length, 0);
  advance(next);
  if (next >= total) return;
  const init = await make(work, "init");
  while (next < total) {
    const end = Math.min(total, next + stretchSegments);
    await packageStretch(work, { init, first: next, end });
    advance(end - next);
    next = end;
  }
};

/** Stores the segments of the source's own tracks that stay with the run, in the order of playing, gently. */
export const packageStep: StepHandler = async (context) => {
  const plan = requirePlan(context);
  const result: PartsResult = { parts: [], poster: null };
  if (plan.source === null) return { result, files: [] };
  const tracks = keptTracks(plan);
  const total = tracks.reduce((sum, track) => sum + track.starts.length, 0);
  let done = 0;
  for (const track of tracks) {
    await packageTrack({ context, rung: plan.source, track }, (segments) => {
      done += segments;
      context.report({ fraction: total === 0 ? 1 : done / total, speed: null });
    });
  }
  return { result, files: [] };
};
