import { useTranslations } from "next-intl";
import { useCallback, useMemo, useRef, useState } from "react";
import { toast } from "#components/ui/toast.tsx";
import { ApiError } from "#lib/api-client/api-error.ts";
import { fetchScript, putScript } from "#lib/api-client/captions.ts";
import type { CaptionScriptDto } from "#lib/captions/script/dto.ts";
import { useReportError } from "../use-report-error.ts";
import { cueFaults, type EditedCue } from "./cue-list.ts";
import { payloadOf, typedOf } from "./cue-words.ts";
import { begun, recorded, redone, undone } from "./script-history.ts";

type Cues = readonly EditedCue[];

/** Captions as the server tells them, as they are edited. */
const editedOf = ({ items }: CaptionScriptDto): Cues =>
  items.map(({ text, ...item }, key) => ({ ...item, key, text: typedOf(text) }));

/** What the server refused, by the key of the caption: `items.3.endMs` is of the fourth that was sent. */
const refusedOf = (error: unknown, sent: Cues): Map<number, string> =>
  new Map(
    Object.entries(error instanceof ApiError ? error.fields : {}).flatMap(([field, words]) => {
      const key = sent[Number(/^items\.(\d+)\./.exec(field)?.[1] ?? -1)]?.key;
      return key === undefined ? [] : [[key, words] as const];
    }),
  );

type Saving = { cues: Cues; version: string };

/** Whether it was saved, and else the caption that something is wrong with, when there is one. */
type Outcome = { done: boolean; wrong: number | null };

/** Sends captions to the server and knows what it has: the version, and whether somebody else changed it meanwhile. */
const useSaving = ({ videoId, captionId, start }: { videoId: string; captionId: string; start: CaptionScriptDto }) => {
  const t = useTranslations("caption-editor");
  const report = useReportError();
  const [version, setVersion] = useState(start.version);
  const [saving, setSaving] = useState(false);
  const [conflict, setConflict] = useState(false);
  const [refused, setRefused] = useState<ReadonlyMap<number, string>>(new Map());
  const send = async (input: Saving): Promise<Outcome> => {
    setSaving(true);
    setRefused(new Map());
    try {
      const items = input.cues.map(({ key: _key, text, ...cue }) => ({ ...cue, text: payloadOf(text) }));
      const saved = await putScript({ videoId, captionId, change: { version: input.version, items } });
      setVersion(saved.version);
      setConflict(false);
      toast({ title: t("savedToast") });
      return { done: true, wrong: null };
    } catch (error) {
      const words = refusedOf(error, input.cues);
      if (words.size > 0) setRefused(words);
      else if (error instanceof ApiError && error.code === "conflict") setConflict(true);
      else report(error);
      return { done: false, wrong: words.keys().next().value ?? null };
    } finally {
      setSaving(false);
    }
  };
  const newest = async (): Promise<CaptionScriptDto | null> => {
    try {
      return await fetchScript({ videoId, captionId, signal: AbortSignal.timeout(30_000) });
    } catch (error) {
      report(error);
      return null;
    }
  };
  return { version, setVersion, saving, conflict, setConflict, refused, setRefused, send, newest };
};

/** The captions of a track while they are edited: the list with what can be taken back, and what is saved of it. */
export const useScript = (track: { videoId: string; captionId: string; start: CaptionScriptDto }) => {
  const [first] = useState(() => editedOf(track.start));
  const [history, setHistory] = useState(() => begun(first));
  const [kept, setKept] = useState<Cues>(first);
  const [checked, setChecked] = useState(false);
  const saving = useSaving(track);
  const nextKey = useRef(first.length);
  const cues = history.now;
  // The player draws the page four times a second; the captions stay the same meanwhile.
  const faults = useMemo(() => cueFaults(cues), [cues]);
  const edit = useCallback(
    (next: Cues, tag: string | null = null) => setHistory((known) => recorded(known, { next, tag })),
    [],
  );
  const save = async (version = saving.version): Promise<number | null> => {
    setChecked(true);
    if (saving.saving || cues === kept) return null;
    if (faults.size > 0) return faults.keys().next().value ?? null;
    const { done, wrong } = await saving.send({ cues, version });
    // What was typed while the answer was on its way is not saved yet.
    if (done) setKept(cues);
    return wrong;
  };
  const take = (theirs: CaptionScriptDto) => {
    const next = editedOf(theirs);
    nextKey.current = Math.max(nextKey.current, next.length);
    saving.setVersion(theirs.version);
    saving.setConflict(false);
    saving.setRefused(new Map());
    setKept(next);
    edit(next);
  };
  return {
    cues,
    dirty: cues !== kept,
    saving: saving.saving,
    conflict: saving.conflict,
    closeConflict: () => saving.setConflict(false),
    /** Faults are told once somebody tried to save. */
    faults: checked ? faults : new Map<number, never>(),
    refused: saving.refused,
    canUndo: history.past.length > 0,
    canRedo: history.future.length > 0,
    newKey: () => nextKey.current++,
    edit,
    undo: () => setHistory(undone),
    redo: () => setHistory(redone),
    /** Saves all; gives the key of a caption that something is wrong with, or null. */
    save: () => save(),
    /** Puts what somebody else saved into the list; what was typed here can be had back by undoing. */
    takeTheirs: async () => {
      const theirs = await saving.newest();
      if (theirs !== null) take(theirs);
    },
    /** Puts what is here in the place of what somebody else saved. */
    keepMine: async () => {
      const theirs = await saving.newest();
      if (theirs !== null) await save(theirs.version);
    },
  };
};

/** See `useScript`. */
export type Script = ReturnType<typeof useScript>;
