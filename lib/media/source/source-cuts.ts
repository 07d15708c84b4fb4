import { requireOf } from "#lib/media/source/source-refusal.ts";
import type { SourceTable } from "#lib/media/source/source-table.ts";

/** A place where the source may be cut: the index of a key packet, or anything else the reader finds it by. */
export type CutCandidate = { at: number /** Presentation time in ticks. */; ticks: number };

const knownCuts = new WeakMap<SourceTable, readonly CutCandidate[]>();

/**
 * Key packets before which everything is shown before them and after which everything is shown after them: closed
 * groups of pictures. Others are no cuts, whatever the container calls them. Found once for each table.
 */
export const closedCuts = (table: SourceTable): readonly CutCandidate[] => {
  const known = knownCuts.get(table) ?? findClosedCuts(table);
  knownCuts.set(table, known);
  return known;
};

/** Key packets before everything that is decoded later, in falling order. */
const beforeTheRest = ({ count, times, keys }: SourceTable): number[] => {
  const found: number[] = [];
  let earliestAfter = Number.POSITIVE_INFINITY;
  for (let at = count - 1; at >= 0; at -= 1) {
    const ticks = times[at] ?? 0;
    if (keys[at] === 1 && ticks < earliestAfter) found.push(at);
    if (ticks < earliestAfter) earliestAfter = ticks;
  }
  return found;
};

const findClosedCuts = (table: SourceTable): CutCandidate[] => {
  const { times } = table;
  const cuts: CutCandidate[] = [];
  let latest = Number.NEGATIVE_INFINITY;
  let seen = 0;
  for (const at of beforeTheRest(table).reverse()) {
    for (; seen < at; seen += 1) {
      const before = times[seen] ?? 0;
      if (before > latest) latest = before;
    }
    const ticks = times[at] ?? 0;
    if (latest < ticks) cuts.push({ at, ticks });
  }
  return cuts;
};

/** How far a length lies from the wanted stretch, as a factor; 1 inside of it. */
const offBy = (seconds: number, target: number): number =>
  seconds < target ? target / seconds : Math.max(1, seconds / (target * 1.5));

/**
 * Merges closed groups so that segments last between the target and 1.5 times as long where the source's key frames let
 * them; never a last segment shorter than half the target. Throws `SourceRefusal` when two cuts lie more than
 * `maxSeconds` apart.
 */
export const mergeCuts = (input: {
  candidates: readonly CutCandidate[];
  timescale: number;
  endTicks: number;
  targetSeconds: number;
  maxSeconds: number;
}): CutCandidate[] => {
  const { candidates, timescale, endTicks, targetSeconds: target, maxSeconds } = input;
  const between = (from: number, to: number) => (to - from) / timescale;
  candidates.forEach(({ ticks }, index) => {
    const gap = between(ticks, candidates[index + 1]?.ticks ?? endTicks);
    requireOf(gap <= maxSeconds, `key frames ${gap.toFixed(1)} s apart`);
  });
  const [first] = candidates;
  if (first === undefined) return [];
  const cuts = [first];
  let [start, index] = [first.ticks, 1];
  // What is left is cut no further once it is short enough itself.
  while (index < candidates.length && between(start, endTicks) > target * 1.5) {
    let best = index;
    // Later ones only get worse once one lies at the target or beyond.
    for (let next = index; next < candidates.length; next += 1) {
      const seconds = between(start, candidates[next]?.ticks ?? endTicks);
      if (offBy(seconds, target) < offBy(between(start, candidates[best]?.ticks ?? endTicks), target)) best = next;
      if (seconds >= target) break;
    }
    const chosen = candidates[best];
    if (chosen === undefined || between(chosen.ticks, endTicks) < target / 2) break;
    cuts.push(chosen);
    start = chosen.ticks;
    index = best + 1;
  }
  return cuts;
};
