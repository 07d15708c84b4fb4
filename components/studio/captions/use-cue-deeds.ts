import { type RefObject, useState } from "react";
import {
  activeIndex,
  changeCue,
  type EditedCue,
  findCue,
  insertCue,
  mergeCue,
  removeCue,
  shiftCues,
  splitCue,
} from "./cue-list.ts";
import type { MediaClock } from "./use-media-clock.ts";
import type { Script } from "./use-script.ts";

/** What a person does in the editor: which caption is chosen, which is spoken, and every change with where one stands after it. */
export const useCueDeeds = (input: {
  script: Script;
  clock: MediaClock;
  words: RefObject<HTMLTextAreaElement | null>;
}) => {
  const { script, clock, words } = input;
  const { cues, edit, newKey } = script;
  const [chosenKey, setChosenKey] = useState<number | null>(cues[0]?.key ?? null);
  const [follow, setFollow] = useState(true);
  const chosen = cues.findIndex(({ key }) => key === chosenKey);
  const cue: EditedCue | undefined = cues[chosen];
  const choose = (index: number) => {
    const next = cues[index];
    if (next === undefined) return;
    setChosenKey(next.key);
    clock.seek(next.startMs);
  };
  const focusWords = () => requestAnimationFrame(() => words.current?.focus());
  return {
    ...{ chosen, cue, choose, follow, setFollow },
    active: activeIndex(cues, clock.atMs),
    change: (part: Partial<Omit<EditedCue, "key">>, tag?: string) => {
      if (cue !== undefined) edit(changeCue(cues, { key: cue.key, part }), tag);
    },
    split: (at: number) => {
      if (cue !== undefined) edit(splitCue(cues, { key: cue.key, at, newKey: newKey() }));
    },
    merge: () => {
      if (cue !== undefined) edit(mergeCue(cues, cue.key));
    },
    remove: () => {
      if (cue === undefined) return;
      const left = removeCue(cues, cue.key);
      edit(left);
      setChosenKey((left[chosen] ?? left[chosen - 1])?.key ?? null);
    },
    insert: () => {
      const key = newKey();
      edit(insertCue(cues, { atMs: clock.nowMs(), newKey: key }));
      setChosenKey(key);
      focusWords();
    },
    shift: (ms: number) => edit(shiftCues(cues, ms)),
    /** Chooses the next caption with these words; false when none has them. */
    find: (query: string, back: boolean): boolean => {
      const index = findCue(cues, { query, from: chosen, back });
      if (index !== null) choose(index);
      return index !== null;
    },
    step: (by: 1 | -1) => {
      choose(chosen + by);
      focusWords();
    },
    /** Saves; the first caption that something is wrong with is chosen. */
    save: async () => {
      const wrong = await script.save();
      if (wrong === null) return;
      setChosenKey(wrong);
      focusWords();
    },
  };
};
