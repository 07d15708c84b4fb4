"use client";

import { ArrowLeft, ChartNoAxesColumn, Download, MonitorPlay, Trash2 } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useEffect, useRef, useState, useSyncExternalStore } from "react";
import { Button, buttonClass } from "#components/ui/button.tsx";
import type { VideoDto } from "#lib/videos/dto.ts";
import { Announcer } from "../announcer.tsx";
import { RefusedFiles } from "../refused-files.tsx";
import { useRemoveVideos, useRowActions } from "../row-actions.ts";
import { originalUrl } from "../row-menu.tsx";
import { rowState } from "../row-state.ts";
import { StateCell } from "../state-cell.tsx";
import { useStudio, useUploads } from "../studio-context.tsx";
import { type StudioRow, studioRows } from "../studio-row.ts";
import { EditorFields } from "./editor-fields.tsx";
import { EditorSections } from "./editor-sections.tsx";
import { type EditorStart, EditorStartProvider } from "./editor-start.tsx";
import { LeaveGuard } from "./leave-guard.tsx";
import { SaveBar } from "./save-bar.tsx";
import { ShareLink } from "./share-link.tsx";
import { useVideoForm } from "./use-video-form.ts";
import { VideoFacts } from "./video-facts.tsx";
import { VideoPreview } from "./video-preview.tsx";

const noKeys: ReadonlyMap<string, string> = new Map();

/** The video live: the server's newest word, with the upload of this page when it carries one. */
const useLiveRow = (first: VideoDto): StudioRow => {
  const { store } = useStudio();
  const uploads = useUploads();
  useState(() => store.keep(first));
  const list = useSyncExternalStore(store.subscribe, store.snapshot, store.snapshot);
  const video = list.videos.find(({ id }) => id === first.id) ?? first;
  const own = uploads.filter(({ videoId }) => videoId === first.id);
  const [row] = studioRows({ videos: [video], uploads: own, keys: noKeys, moving: list.moving });
  if (row === undefined) throw new Error("one video makes one row");
  return row;
};

/** Preview, state, link and facts: what is beside the form. */
const Aside = ({ row, video, onDelete }: { row: StudioRow; video: VideoDto; onDelete: () => void }) => {
  const t = useTranslations("studio.editor");
  const actions = useRowActions(row);
  const original = originalUrl(video);
  return (
    // On phones its parts join the page's one column: the picture first, the facts last.
    <aside className="max-lg:contents lg:sticky lg:top-32 lg:flex lg:flex-col lg:gap-5 lg:self-start">
      <div className="flex min-w-0 flex-col gap-5 max-lg:order-first">
        <VideoPreview row={row} />
        <StateCell row={row} state={rowState(row)} actions={actions} />
      </div>
      <ShareLink videoId={video.id} visibility={video.visibility} />
      <VideoFacts row={row} />
      <div className="flex flex-wrap gap-2 border-t border-line pt-5">
        {video.playable ? (
          <>
            <Link href={`/watch/${video.id}`} className={buttonClass()}>
              <MonitorPlay aria-hidden strokeWidth={1.75} />
              {t("watch")}
            </Link>
            <Link href={`/studio/videos/${video.id}/analytics`} className={buttonClass()}>
              <ChartNoAxesColumn aria-hidden strokeWidth={1.75} />
              {t("analytics")}
            </Link>
          </>
        ) : null}
        {original === null ? null : (
          <a href={original} download className={buttonClass()}>
            <Download aria-hidden strokeWidth={1.75} />
            {t("downloadOriginal")}
          </a>
        )}
        <Button variant="danger" onClick={onDelete}>
          <Trash2 aria-hidden strokeWidth={1.75} />
          {t("delete")}
        </Button>
      </div>
    </aside>
  );
};

const EditorHead = ({ children }: { children: React.ReactNode }) => {
  const t = useTranslations("studio.editor");
  return (
    <div className="sticky top-14 z-20 -mx-4 flex flex-wrap items-center gap-x-4 gap-y-2 bg-bg px-4 py-3 md:-mx-6 md:px-6">
      <div className="min-w-0 flex-1">
        <Link
          href="/studio"
          className="-ml-0.5 flex w-fit items-center gap-1.5 rounded-xs text-13 text-muted hover:text-ink"
        >
          <ArrowLeft aria-hidden size={16} strokeWidth={1.75} />
          {t("back")}
        </Link>
        <h1 className="text-20 font-bold">{t("heading")}</h1>
      </div>
      {children}
    </div>
  );
};

/** The editor of one video: texts on the left, the video and its facts on the right. */
export const VideoEditor = ({ first, start }: { first: VideoDto; start: EditorStart }) => {
  const row = useLiveRow(first);
  const video = row.video ?? first;
  const state = useVideoForm(video);
  const router = useRouter();
  const removeVideos = useRemoveVideos();
  const form = useRef<HTMLFormElement>(null);
  const [leaving, setLeaving] = useState(false);
  const save = async (event?: FormEvent) => {
    event?.preventDefault();
    const saved = await state.save();
    if (!saved) requestAnimationFrame(() => form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus());
  };
  useEffect(() => {
    if (leaving) router.push("/studio");
  }, [leaving, router]);
  const remove = () => {
    removeVideos([video.id]);
    setLeaving(true);
  };
  return (
    <div className="mx-auto max-w-[1200px] px-4 pb-16 md:px-6">
      <EditorHead>
        <SaveBar state={state} onSave={() => void save()} />
      </EditorHead>
      <RefusedFiles />
      <div className="grid gap-x-10 gap-y-8 pt-3 lg:grid-cols-[minmax(0,1fr)_minmax(320px,400px)]">
        <div className="flex min-w-0 flex-col gap-8">
          <form ref={form} noValidate onSubmit={(event) => void save(event)} className="flex flex-col gap-5">
            <EditorFields state={state} channels={start.channels} categories={start.categories} />
          </form>
          <EditorStartProvider start={start}>
            <EditorSections video={video} />
          </EditorStartProvider>
        </div>
        <Aside row={row} video={video} onDelete={remove} />
      </div>
      <LeaveGuard active={state.dirty && !leaving} />
      <Announcer rows={[row]} />
    </div>
  );
};
