"use client";

import { ArrowDownUp, Search, Upload } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Menu, MenuChoice } from "#components/ui/menu.tsx";
import { UploadOptions } from "./upload-options/upload-options.tsx";
import type { VideoListQuery } from "./video-list.ts";

const typingPauseMs = 300;

/** What a `StudioToolbar` takes. */
export type StudioToolbarProps = {
  query: VideoListQuery;
  onQuery: (query: VideoListQuery) => void;
  /** What the search box holds at first. */
  startText: string;
  onUpload: () => void;
};

const TitleSearch = ({ query, onQuery, startText }: Omit<StudioToolbarProps, "onUpload">) => {
  const t = useTranslations("studio");
  const [typed, setTyped] = useState(startText);
  const latest = useRef({ query, onQuery });
  latest.current = { query, onQuery };
  useEffect(() => {
    const timer = setTimeout(() => {
      const q = typed.trim();
      if (q !== latest.current.query.q) latest.current.onQuery({ ...latest.current.query, q });
    }, typingPauseMs);
    return () => clearTimeout(timer);
  }, [typed]);
  return (
    <label className="flex h-9 min-w-0 flex-1 items-center gap-2 rounded-control bg-raised px-3 focus-within:outline-2 focus-within:outline-accent sm:max-w-60">
      <Search aria-hidden size={16} strokeWidth={1.75} className="shrink-0 text-faint" />
      <span className="sr-only">{t("searchTitles")}</span>
      <input
        type="search"
        value={typed}
        maxLength={200}
        autoComplete="off"
        placeholder={t("searchTitles")}
        onChange={(event) => setTyped(event.target.value)}
        className="min-w-0 flex-1 bg-transparent text-14 outline-none"
      />
    </label>
  );
};

/** Search by title, order, and on phones, where the top bar has none, the upload button. */
export const StudioToolbar = ({ query, onQuery, startText, onUpload }: StudioToolbarProps) => {
  const t = useTranslations("studio");
  const common = useTranslations("common");
  return (
    <div className="flex w-full items-center gap-2 sm:w-auto sm:flex-1 sm:justify-end">
      <TitleSearch query={query} onQuery={onQuery} startText={startText} />
      <UploadOptions />
      <Menu
        trigger={
          <Button className="max-sm:w-9 max-sm:shrink-0 max-sm:px-0">
            <ArrowDownUp aria-hidden strokeWidth={1.75} />
            <span className="max-sm:sr-only">{t(`sort.${query.sort}`)}</span>
          </Button>
        }
      >
        <MenuChoice
          label={t("sort.label")}
          value={query.sort}
          options={(["newest", "oldest"] as const).map((value) => ({ value, label: t(`sort.${value}`) }))}
          onChange={(sort) => onQuery({ ...query, sort })}
        />
      </Menu>
      <Button variant="primary" onClick={onUpload} className="md:hidden" aria-label={common("upload")}>
        <Upload aria-hidden strokeWidth={1.75} />
      </Button>
    </div>
  );
};
