import { useTranslations } from "next-intl";
import { useCallback, useEffect, useRef, useState } from "react";
import { type ToastMessage, toast } from "#components/ui/toast.tsx";
import { ApiError } from "#lib/api-client/api-error.ts";
import { fetchChapters, putChapters, resetChapters } from "#lib/api-client/texts.ts";
import type { ChaptersDto } from "#lib/chapters/dto.ts";
import type { VideoDto } from "#lib/videos/dto.ts";
import { useReportError } from "../use-report-error.ts";
import {
  type ChapterDraft,
  chapterClock,
  chapterFaults,
  freeStartMs,
  movedTime,
  readChapterTime,
} from "./chapter-draft.ts";
import { useEditorStart } from "./editor-start.tsx";

const draftOf = ({ items }: ChaptersDto): ChapterDraft[] =>
  items.map(({ startMs, title }, key) => ({ key, time: chapterClock(startMs), title }));

/** Where the preview stands, when there is one. */
const previewMs = () => (document.querySelector("video")?.currentTime ?? 0) * 1000;

/** Has the preview show a moment, so that one sees what begins there. */
const showMoment = (ms: number | null) => {
  const preview = document.querySelector("video");
  if (preview !== null && ms !== null) preview.currentTime = ms / 1000;
};

/** What the server refused, by the row: `items.2.startMs` is of the third that was sent. */
const refusedOf = (error: unknown, sent: readonly ChapterDraft[]): Map<number, string> =>
  new Map(
    Object.entries(error instanceof ApiError ? error.fields : {}).flatMap(([field, words]) => {
      const key = sent[Number(/^items\.(\d+)\./.exec(field)?.[1] ?? -1)]?.key;
      return key === undefined ? [] : [[key, words] as const];
    }),
  );

const sameRows = (rows: readonly ChapterDraft[], saved: readonly ChapterDraft[]) =>
  rows.length === saved.length &&
  rows.every((row, index) => row.time === saved[index]?.time && row.title === saved[index]?.title);

/** The chapters as the server has them, and as they are typed. */
const useChapterRows = (video: VideoDto) => {
  const videoId = video.id;
  const report = useReportError();
  const start = useEditorStart()?.chapters ?? null;
  const [saved, setSaved] = useState<ChaptersDto | null>(start);
  const [rows, setRows] = useState<readonly ChapterDraft[]>(start === null ? [] : draftOf(start));
  const dirty = saved !== null && !sameRows(rows, draftOf(saved));
  const typing = useRef(dirty);
  typing.current = dirty;
  const take = useCallback((chapters: ChaptersDto) => {
    setSaved(chapters);
    setRows(draftOf(chapters));
  }, []);
  // Changes whenever a run, or somebody elsewhere, changed them.
  const news = video.playback.chapters.map(({ startMs, title }) => `${startMs} ${title}`).join("\n");
  // biome-ignore lint/correctness/useExhaustiveDependencies: they are asked for anew when there is news of them
  useEffect(() => {
    const ended = new AbortController();
    fetchChapters({ videoId, signal: ended.signal }).then(
      (chapters) => {
        // What is being typed is never taken away.
        if (!typing.current) take(chapters);
      },
      (error: unknown) => {
        if (!ended.signal.aborted) report(error);
      },
    );
    return () => ended.abort();
  }, [videoId, news, take, report]);
  return { saved, rows, setRows, take, dirty };
};

/** Saving and taking back, with what the server refused. */
const useChapterDeeds = ({ video, state }: { video: VideoDto; state: ReturnType<typeof useChapterRows> }) => {
  const t = useTranslations("texts.chapters");
  const common = useTranslations("common");
  const report = useReportError();
  const { rows, saved, take } = state;
  const [saving, setSaving] = useState(false);
  const [checked, setChecked] = useState(false);
  const [refused, setRefused] = useState<ReadonlyMap<number, string>>(new Map());
  const faults = chapterFaults({ rows, durationMs: video.durationMs });
  const run = async (ask: () => Promise<ChaptersDto>, done: ToastMessage) => {
    setSaving(true);
    setRefused(new Map());
    try {
      take(await ask());
      setChecked(false);
      toast(done);
    } catch (error) {
      const words = refusedOf(error, rows);
      setRefused(words);
      if (words.size === 0) report(error);
    } finally {
      setSaving(false);
    }
  };
  const save = async () => {
    setChecked(true);
    if (faults.size > 0 || saving) return;
    const items = rows.map(({ time, title }) => ({ startMs: readChapterTime(time) ?? 0, title: title.trim() }));
    await run(() => putChapters({ videoId: video.id, items }), { title: t("saved") });
  };
  const reset = async () => {
    if (saving) return;
    const items = saved?.items ?? [];
    const back = () => void run(() => putChapters({ videoId: video.id, items }), { title: t("saved") });
    const action = { label: common("undo"), onSelect: back };
    await run(() => resetChapters({ videoId: video.id }), { title: t("resetDone"), action });
  };
  return { saving, save, reset, refused, faults: checked ? faults : new Map<number, never>() };
};

/** The chapters as they are typed, and what can be done with them. */
export const useChapters = (video: VideoDto) => {
  const { durationMs } = video;
  const state = useChapterRows(video);
  const { saved, rows, setRows, dirty } = state;
  const deeds = useChapterDeeds({ video, state });
  const change = (key: number, part: Partial<Pick<ChapterDraft, "time" | "title">>) =>
    setRows(rows.map((row) => (row.key === key ? { ...row, ...part } : row)));
  return {
    ...deeds,
    ready: saved !== null,
    origin: saved?.origin ?? null,
    rows,
    dirty,
    /** Adds a row and gives its key. */
    add: (): number => {
      const key = Math.max(-1, ...rows.map((row) => row.key)) + 1;
      // Players show chapters only when the first one begins with the video.
      const startMs = rows.length === 0 ? 0 : freeStartMs({ rows, playerMs: previewMs(), durationMs });
      const time = chapterClock(startMs);
      setRows([...rows, { key, time, title: "" }]);
      return key;
    },
    change,
    /** The row begins where the preview stands, to the tenth. */
    beginHere: (key: number) => change(key, { time: chapterClock(Math.floor(previewMs() / 100) * 100) }),
    /** Moves a row's time by seconds; the preview shows what is there. */
    nudge: (row: ChapterDraft, bySeconds: number) => {
      const time = movedTime({ time: row.time, bySeconds, durationMs });
      change(row.key, { time });
      showMoment(readChapterTime(time));
    },
    remove: (key: number) => setRows(rows.filter((row) => row.key !== key)),
  };
};
