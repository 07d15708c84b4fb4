"use client";

import { useTranslations } from "next-intl";
import type { MouseEvent } from "react";
import { clock } from "#components/video/duration.ts";
import { seekPlayer } from "#components/video/seek-player.ts";
import type { VideoDto } from "#lib/videos/dto.ts";

/** The chapters as links to their times; a press moves the picture without leaving the page. */
export const ChapterList = ({ chapters }: { chapters: VideoDto["playback"]["chapters"] }) => {
  const t = useTranslations("watch");
  if (chapters.length === 0) return null;
  const jump = (event: MouseEvent, startMs: number) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (seekPlayer(startMs / 1000)) event.preventDefault();
  };
  return (
    <section aria-labelledby="chapters-title" className="rounded-media bg-surface px-4 py-3.5">
      <h2 id="chapters-title" className="pb-1.5 text-15 font-bold">
        {t("chapters")}
      </h2>
      <ol className="-mx-2 max-h-72 overflow-y-auto">
        {chapters.map(({ startMs, title }) => (
          <li key={startMs}>
            <a
              href={`?t=${Math.floor(startMs / 1000)}`}
              onClick={(event) => jump(event, startMs)}
              className="flex gap-3 rounded-control px-2 py-1.5 text-14 hover:bg-raised"
            >
              <span className="tabular w-16 shrink-0 text-accent">{clock(startMs)}</span>
              <span className="min-w-0 wrap-anywhere">{title}</span>
            </a>
          </li>
        ))}
      </ol>
    </section>
  );
};
