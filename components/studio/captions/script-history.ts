import type { EditedCue } from "./cue-list.ts";

type Cues = readonly EditedCue[];

/** The captions as they are, and what they were before and after what was taken back. */
export type ScriptHistory = {
  past: readonly Cues[];
  now: Cues;
  future: readonly Cues[];
  /** What the last deed was about: another about the same joins it. */
  tag: string | null;
};

/** Deeds that can be taken back. Lists share the captions that did not change. */
const maxDeeds = 200;

/** A history without deeds. */
export const begun = (now: Cues): ScriptHistory => ({ past: [], now, future: [], tag: null });

/** Adds a deed. Deeds in a row with the same tag (typing in one field) are one. */
export const recorded = (history: ScriptHistory, { next, tag }: { next: Cues; tag: string | null }): ScriptHistory => {
  if (next === history.now) return history;
  const joins = tag !== null && tag === history.tag;
  return {
    past: joins ? history.past : [...history.past.slice(1 - maxDeeds), history.now],
    now: next,
    future: [],
    tag,
  };
};

/** The list before the last deed; the same history when there is none. */
export const undone = (history: ScriptHistory): ScriptHistory => {
  const before = history.past.at(-1);
  if (before === undefined) return history;
  return { past: history.past.slice(0, -1), now: before, future: [history.now, ...history.future], tag: null };
};

/** The list after what was taken back last; the same history when there is nothing. */
export const redone = (history: ScriptHistory): ScriptHistory => {
  const [after, ...future] = history.future;
  if (after === undefined) return history;
  return { past: [...history.past, history.now], now: after, future, tag: null };
};
