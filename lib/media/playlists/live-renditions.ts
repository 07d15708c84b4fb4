import { joinParts, withoutEmptyTail } from "#lib/media/fragment/join-parts.ts";
import type { Plan } from "#lib/media/plan/plan.ts";
import { type Bandwidth, type MeasuredSegment, measureBandwidth } from "#lib/media/playlists/measurements.ts";
import type { RenditionPart } from "#lib/media/playlists/rendition-parts.ts";
import type { SourceTrack } from "#lib/media/source/source-rung.ts";

/** What is known of a run that goes on. */
export type LiveRun = {
  plan: Plan;
  /** Every published stretch, in any order. */
  parts: readonly RenditionPart[];
  /** Encoded renditions that will not grow any more; see `completeRenditions`. */
  complete: ReadonlySet<string>;
};

/** How much of one rendition can be played now. */
export type LiveRendition = {
  rendition: string;
  /** `whole` from the start on: the source's own tracks; `grown` to its end; else it is still growing. */
  state: "whole" | "grown" | "growing";
  /** Contiguous from 0; empty when nothing is there yet. */
  segments: readonly { seconds: number }[];
  /** Null when nothing is there to be measured. */
  measured: { codecs: string; bandwidth: Bandwidth } | null;
  availableMs: number;
};

/** Durations in seconds of a source track's segments. */
const sourceSegments = (track: SourceTrack) =>
  track.starts.map((start, index) => ({
    seconds: ((track.starts[index + 1] ?? track.endTicks) - start) / track.timescale,
  }));

const sourceTracks = ({ source }: Plan): readonly SourceTrack[] =>
  source === null ? [] : [source.video, ...source.audio];

/** The source's own track of that name, or null. Its segments exist as soon as somebody asks for them. */
export const findSourceTrack = (plan: Plan, rendition: string): SourceTrack | null =>
  sourceTracks(plan).find((track) => track.rendition === rendition) ?? null;

/** The stretches that follow one another from segment 0 on; what comes after a gap waits for it to be filled. */
const fromTheStart = (parts: readonly RenditionPart[]): RenditionPart[] => {
  const begun: RenditionPart[] = [];
  let next = 0;
  for (const part of parts.toSorted((a, b) => a.firstSegment - b.firstSegment)) {
    if (part.firstSegment !== next || part.initHash !== (begun[0] ?? part).initHash) break;
    begun.push(part);
    next += part.segments.length;
  }
  return begun;
};

const peakWindow = (segments: readonly MeasuredSegment[]) =>
  Math.max(1, ...segments.map(({ seconds }) => Math.round(seconds)));

const nothingYet = (rendition: string): LiveRendition => ({
  ...{ rendition, state: "growing", segments: [], measured: null, availableMs: 0 },
});

const wholeRendition = (track: SourceTrack): LiveRendition => ({
  rendition: track.rendition,
  state: "whole",
  segments: sourceSegments(track),
  measured: { codecs: track.codecs, bandwidth: track.bandwidth },
  availableMs: Math.floor((track.endTicks * 1000) / track.timescale),
});

/** What can be played now of a rendition that the plan names. */
export const liveRendition = ({ run, rendition }: { run: LiveRun; rendition: string }): LiveRendition => {
  const track = findSourceTrack(run.plan, rendition);
  if (track !== null) return wholeRendition(track);
  const parts = fromTheStart(run.parts.filter((part) => part.rendition === rendition));
  if (parts.length === 0) return nothingYet(rendition);
  const { segments, codecs, endSeconds } = withoutEmptyTail(joinParts(parts));
  return {
    rendition,
    state: run.complete.has(rendition) ? "grown" : "growing",
    segments,
    measured: { codecs, bandwidth: measureBandwidth({ segments, targetSeconds: peakWindow(segments) }) },
    availableMs: Math.floor(endSeconds * 1000),
  };
};

/** A step of the run, as far as it tells whether renditions still grow. */
export type LiveStep = { kind: string; ordinal: number; state: string };

/** Encoded renditions whose every step is done, so that nothing will be added to them. */
export const completeRenditions = ({ plan, steps }: { plan: Plan; steps: readonly LiveStep[] }): Set<string> => {
  const done = (kind: string, ordinal?: number) => {
    const own = steps.filter((step) => step.kind === kind && (ordinal === undefined || step.ordinal === ordinal));
    return own.length > 0 && own.every((step) => step.state === "done");
  };
  const rungs = plan.rungs.filter(({ name }) => done(name === plan.previewRung ? "preview" : "encode"));
  const tracks = plan.audio.filter((track) => track.mode !== "package" && done("audio", track.ordinal));
  return new Set([...rungs.map(({ name }) => name), ...tracks.map(({ rendition }) => rendition)]);
};
