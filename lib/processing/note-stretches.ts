import type { Tx } from "#lib/db/client.ts";
import { listBegunRenditions } from "#lib/db/queries/runs/chunks.ts";
import { insertRenditions, type NewRendition } from "#lib/db/queries/runs/publish-run.ts";
import { markRunPlayable, type RunRow } from "#lib/db/queries/runs/runs.ts";
import type { Plan } from "#lib/media/plan/plan.ts";
import { findSourceTrack } from "#lib/media/playlists/live-renditions.ts";
import { isPlayable } from "#lib/media/playlists/live-variants.ts";
import { measureBandwidth } from "#lib/media/playlists/measurements.ts";
import type { RenditionPart } from "#lib/media/playlists/rendition-parts.ts";
import { toText } from "#lib/media/rational.ts";
import type { SourceTrack } from "#lib/media/source/source-rung.ts";
import { publishVideoEvent } from "#lib/notifications/publish-video-event.ts";
import { recordVideoEvent } from "#lib/notifications/record-video-event.ts";
import { knownPlan } from "#lib/processing/known-plan.ts";

const languageOf = (plan: Plan, streamIndex: number) =>
  plan.audio.find((track) => track.streamIndex === streamIndex)?.language ?? null;

const sourceRow = (plan: Plan, track: SourceTrack, shown: { width: number; height: number } | null): NewRendition => ({
  kind: shown === null ? "audio" : "video",
  name: track.rendition,
  width: shown?.width ?? null,
  height: shown?.height ?? null,
  frameRate: shown === null ? null : toText(plan.grid.frameRate),
  bandwidth: track.bandwidth.peak,
  averageBandwidth: track.bandwidth.average,
  codecs: track.codecs,
  language: shown === null ? languageOf(plan, track.streamIndex) : null,
  segmentCount: track.starts.length,
  sizeBytes: track.sizeBytes,
});

/** What the source's own tracks are as renditions: there from the plan on. */
export const sourceRows = (plan: Plan): NewRendition[] =>
  plan.source === null
    ? []
    : [
        sourceRow(plan, plan.source.video, plan.source),
        ...plan.source.audio.map((track) => sourceRow(plan, track, null)),
      ];

/** A rendition as its first stretch shows it, until the finish measures all of it. */
const firstRow = (plan: Plan, part: RenditionPart): NewRendition => {
  const segments = part.segments.map(({ sizeBytes, duration }) => ({ sizeBytes, seconds: duration / part.timescale }));
  const bandwidth = measureBandwidth({ segments, targetSeconds: Math.max(1, ...segments.map((s) => s.seconds)) });
  const isVideo = part.width !== null;
  return {
    kind: isVideo ? "video" : "audio",
    name: part.rendition,
    width: part.width,
    height: part.height,
    frameRate: isVideo ? toText(plan.grid.frameRate) : null,
    bandwidth: bandwidth.peak,
    averageBandwidth: bandwidth.average,
    codecs: part.codecs,
    language: plan.audio.find((track) => track.rendition === part.rendition)?.language ?? null,
    segmentCount: part.segments.length,
    sizeBytes: part.initBytes + segments.reduce((sum, segment) => sum + segment.sizeBytes, 0),
  };
};

/** Tells once per run that there is something to play. */
export const recordPlayable = (tx: Tx, { id: runId, videoId, reason }: RunRow): Promise<void> =>
  recordVideoEvent(tx, {
    ...{ type: "video.playable", videoId, dedupeKey: `video.playable:${runId}` },
    data: { runId, reason },
  });

/**
 * Sets when the run first had something to play, and tells listeners. `run` must be locked and carry its plan; what is
 * published must be listed already.
 */
export const notePlayable = async (tx: Tx, run: RunRow): Promise<void> => {
  const plan = knownPlan(run.plan);
  if (plan === null || run.playableAt !== null) return;
  const listed = new Set(await listBegunRenditions(tx, run.id));
  const begun = (rendition: string) => listed.has(rendition) || findSourceTrack(plan, rendition) !== null;
  if (!isPlayable({ plan, begun }) || !(await markRunPlayable(tx, run.id))) return;
  await publishVideoEvent(tx, { videoId: run.videoId, event: "playable" });
  await recordPlayable(tx, run);
};

/** Does what follows from stretches that were listed just now: new rungs get their rows, and the first makes it playable. */
export const noteStretches = async (
  tx: Tx,
  { run, parts }: { run: RunRow; parts: readonly RenditionPart[] },
): Promise<void> => {
  const plan = knownPlan(run.plan);
  const first = parts.filter((part) => part.firstSegment === 0);
  if (plan === null || first.length === 0) return;
  await insertRenditions(tx, { runId: run.id, rows: first.map((part) => firstRow(plan, part)), known: "keep" });
  await notePlayable(tx, run);
};
