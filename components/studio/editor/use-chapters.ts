import { useTranslations } from "next-intl";
import { useCallback, useEffect, useRef, useState } from "react";
import { toast } from "#components/ui/toast.tsx";
import { fetchChapters, putChapters } from "#lib/api-client/texts.ts";
import type { ChaptersDto } from "#lib/chapters/dto.ts";
import type { VideoDto } from "#lib/videos/dto.ts";
import { useReportError } from "../use-report-error.ts";
import { type ChapterDraft, chapterClock, chapterFaults, freeStartMs, readChapterTime } from "./chapter-draft.ts";
import { useEditorStart } from "./editor-start.tsx";

const draftOf = ({ items }: ChaptersDto): ChapterDraft[] =>
  items.map(({ startMs, title }, key) => ({ key, time: chapterClock(startMs), title }));

/** Where the preview stands, when there is one. */
const previewMs = () => (document.querySelector("video")?.currentTime ?? 0) * 1000;

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

/** The chapters as they are typed. Null before they are there. */
export const useChapters = (video: VideoDto) => {
  const { id: videoId, durationMs } = video;
  const t = useTranslations("texts.chapters");
  const report = useReportError();
  const { saved, rows, setRows, take, dirty } = useChapterRows(video);
  const [saving, setSaving] = useState(false);
  const [checked, setChecked] = useState(false);
  const faults = chapterFaults({ rows, durationMs });
  const save = async () => {
    setChecked(true);
    if (faults.size > 0 || saving) return;
    setSaving(true);
    try {
      const items = rows.map(({ time, title }) => ({ startMs: readChapterTime(time) ?? 0, title: title.trim() }));
      take(await putChapters({ videoId, items }));
      setChecked(false);
      toast({ title: t("saved") });
    } catch (error) {
      report(error);
    } finally {
      setSaving(false);
    }
  };
  return {
    ready: saved !== null,
    origin: saved?.origin ?? null,
    rows,
    faults: checked ? faults : new Map<number, never>(),
    saving,
    dirty,
    save,
    /** Adds a row and gives its key. */
    add: (): number => {
      const key = Math.max(-1, ...rows.map((row) => row.key)) + 1;
      // Players show chapters only when the first one begins with the video.
      const startMs = rows.length === 0 ? 0 : freeStartMs({ rows, playerMs: previewMs(), durationMs });
      const time = chapterClock(startMs);
      setRows([...rows, { key, time, title: "" }]);
      return key;
    },
    change: (key: number, part: Partial<Pick<ChapterDraft, "time" | "title">>) =>
      setRows(rows.map((row) => (row.key === key ? { ...row, ...part } : row))),
    remove: (key: number) => setRows(rows.filter((row) => row.key !== key)),
  };
};
