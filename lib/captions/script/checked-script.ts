import type { CaptionScriptChange } from "#lib/captions/script/dto.ts";
import { AppError } from "#lib/errors.ts";
import type { Cue } from "#lib/media/captions/caption-cue.ts";
import { captionText } from "#lib/media/captions/caption-text.ts";
import { maxAtOnce } from "#lib/media/captions/caption-tidy.ts";
import { cueSettings } from "#lib/media/captions/cue-settings.ts";

type Placed = Cue & { index: number };

/** Captions that would be the seventh on the screen, and more. */
const crowding = (cues: readonly Placed[]): Placed[] => {
  let shown: Placed[] = [];
  return cues.filter((cue) => {
    shown = shown.filter(({ endMs }) => endMs > cue.startMs);
    if (shown.length >= maxAtOnce) return true;
    shown.push(cue);
    return false;
  });
};

const cleaned = ({ startMs, endMs, text, settings }: CaptionScriptChange["items"][number]): Cue => {
  const places = cueSettings(settings);
  const words = captionText({ raw: text, format: "vtt" });
  return { startMs, endMs, text: words, ...(places === "" ? {} : { settings: places }) };
};

/**
 * Captions as people wrote them, in order and clean. Unlike those of a file nothing is joined, moved or left out: what cannot
 * be taken is refused, with the fields at fault (`invalid_input`).
 */
export const checkedScript = (items: CaptionScriptChange["items"]): Cue[] => {
  const fields: Record<string, string> = {};
  const cues = items.map((item, index): Placed => {
    const cue = cleaned(item);
    if (cue.text === "") fields[`items.${index}.text`] = "required";
    if (cue.endMs <= cue.startMs) fields[`items.${index}.endMs`] = "cue_order";
    return { ...cue, index };
  });
  const ordered = cues.toSorted((a, b) => a.startMs - b.startMs || a.endMs - b.endMs);
  for (const { index } of crowding(ordered)) fields[`items.${index}.startMs`] = "cue_crowded";
  if (Object.keys(fields).length > 0) throw new AppError("invalid_input", { fields });
  return ordered.map(({ index: _index, ...cue }) => cue);
};
