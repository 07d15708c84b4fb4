import { type CaptionFormat, type Cue, maxCueMs, type RawCue } from "#lib/media/captions/caption-cue.ts";
import { captionText } from "#lib/media/captions/caption-text.ts";

/** Overlaps shorter than this are rounding, not two voices. */
const slipMs = 100;
/** Captions that may be on the screen at once. */
export const maxAtOnce = 6;

const cleaned = (raw: RawCue, format: CaptionFormat): Cue[] => {
  const startMs = Math.max(0, Math.round(raw.startMs));
  const endMs = Math.min(maxCueMs, Math.round(raw.endMs));
  if (!(endMs > startMs)) return [];
  const text = captionText({ raw: raw.raw, format });
  return text === ""
    ? []
    : [{ startMs, endMs, text, ...(raw.settings === undefined ? {} : { settings: raw.settings }) }];
};

const says = (a: Cue, b: Cue): boolean => a.text === b.text && a.settings === b.settings;

/** Equal words in a row are one caption; a slip of time between two captions is taken from the first. */
const joined = (cues: readonly Cue[]): Cue[] => {
  const kept: Cue[] = [];
  for (const cue of cues) {
    const last = kept.at(-1);
    const same = kept.slice(-maxAtOnce).find((other) => says(other, cue) && other.endMs >= cue.startMs);
    if (same !== undefined) {
      same.endMs = Math.max(same.endMs, cue.endMs);
      continue;
    }
    const slip = last === undefined ? 0 : last.endMs - cue.startMs;
    if (last !== undefined && slip > 0 && slip <= slipMs && cue.startMs > last.startMs) last.endMs = cue.startMs;
    kept.push({ ...cue });
  }
  return kept;
};

/** Leaves out what would be the seventh caption on the screen. */
const withoutCrowds = (cues: readonly Cue[]): Cue[] => {
  let shown: Cue[] = [];
  return cues.filter((cue) => {
    shown = shown.filter(({ endMs }) => endMs > cue.startMs);
    if (shown.length >= maxAtOnce) return false;
    shown.push(cue);
    return true;
  });
};

/**
 * Cleans what a parser found: words without foreign markup, times in order, nothing empty, doubled or crowded. Pure;
 * gives equal cues when it is applied to its own result again.
 */
export const tidyCues = ({ cues, format }: { cues: readonly RawCue[]; format: CaptionFormat }): Cue[] =>
  withoutCrowds(
    joined(cues.flatMap((cue) => cleaned(cue, format)).sort((a, b) => a.startMs - b.startMs || a.endMs - b.endMs)),
  );
