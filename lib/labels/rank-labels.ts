import { type LabelClass, labelClasses } from "./classes.ts";

/** How sure the model was of each kind of thing in one frame: the number of the kind, and 0 to 1. */
export type FrameScores = readonly { kind: number; score: number }[];

/** A thing that was seen well enough to be suggested. */
export type SeenLabel = { label: LabelClass; confidence: number; frames: number };

/** From here on a thing counts as seen in a frame; what is there scores 0.4 to 0.8 in frames as small as ours. */
const seenScore = 0.4;
/** Enough for a thing that was seen in one frame alone. */
const sureScore = 0.55;
/** More would be noise. */
const mostLabels = 8;

/**
 * What a video shows, by what was seen in its frames: things that came up in two frames, or in one without much doubt. The
 * surest of those seen most often come first.
 */
export const rankLabels = (frames: readonly FrameScores[]): SeenLabel[] =>
  labelClasses
    .flatMap((label, kind) => {
      const scores = frames.map((frame) =>
        Math.max(0, ...frame.filter((thing) => thing.kind === kind).map(({ score }) => score)),
      );
      const seen = scores.filter((score) => score >= seenScore);
      const confidence = Math.min(1, Math.max(0, ...seen));
      return seen.length >= 2 || confidence >= sureScore ? [{ label, confidence, frames: seen.length }] : [];
    })
    .toSorted((a, b) => b.frames * b.confidence - a.frames * a.confidence)
    .slice(0, mostLabels);
