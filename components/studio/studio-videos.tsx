"use client";

import { useTranslations } from "next-intl";
import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from "react";
import { Button } from "#components/ui/button.tsx";
import type { VideoPageDto } from "#lib/videos/dto.ts";
import { Announcer } from "./announcer.tsx";
import { BulkBar } from "./bulk-bar.tsx";
import { ChannelBar } from "./channel-bar.tsx";
import { EmptyChannel, EmptyStudio, NothingFound } from "./empty-studio.tsx";
import { RefusedFiles } from "./refused-files.tsx";
import { useStudio } from "./studio-context.tsx";
import { StudioSummary } from "./studio-summary.tsx";
import { StudioTable } from "./studio-table.tsx";
import { StudioToolbar } from "./studio-toolbar.tsx";
import { useReportError } from "./use-report-error.ts";
import { useSelection } from "./use-selection.ts";
import { useStudioRows, useVideoList } from "./use-studio-rows.ts";
import type { VideoListQuery } from "./video-list.ts";

const uploadPath = "/studio?upload=1";

/** Upload links of the bar open the chooser at once; arriving by one from another page does too, where the browser lets it. */
const useUploadLinks = (choose: () => void) => {
  useEffect(() => {
    if (new URLSearchParams(location.search).has("upload")) {
      history.replaceState(history.state, "", "/studio");
      if (navigator.userActivation?.isActive) choose();
    }
    const onClick = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest(`a[href="${uploadPath}"]`) : null;
      if (link === null || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      event.stopPropagation();
      choose();
    };
    document.addEventListener("click", onClick, { capture: true });
    return () => document.removeEventListener("click", onClick, { capture: true });
  }, [choose]);
};

const useQuery = () => {
  const { store } = useStudio();
  const failed = useReportError();
  return useCallback(
    (query: VideoListQuery) => {
      const search = new URLSearchParams({
        ...(query.q === "" ? {} : { q: query.q }),
        ...(query.sort === "newest" ? {} : { sort: query.sort }),
        ...(query.channel === "" ? {} : { channel: query.channel }),
      }).toString();
      history.replaceState(history.state, "", search === "" ? "/studio" : `/studio?${search}`);
      store.ask(query).catch(failed);
    },
    [store, failed],
  );
};

const MoreButton = () => {
  const t = useTranslations("common");
  const { store } = useStudio();
  const failed = useReportError();
  const [busy, setBusy] = useState(false);
  const more = () => {
    setBusy(true);
    store
      .more()
      .catch(failed)
      .finally(() => setBusy(false));
  };
  return (
    <Button busy={busy} onClick={more} className="self-center">
      {t("loadMore")}
    </Button>
  );
};

const lostAfterMs = 4_000;

/** Says so when the live connection has been gone for some seconds; a short break is nobody's business. */
const ConnectionNote = () => {
  const t = useTranslations("studio");
  const { store } = useStudio();
  const live = useSyncExternalStore(store.subscribe, store.isLive, () => true);
  const [lost, setLost] = useState(false);
  useEffect(() => {
    if (live) return setLost(false);
    const timer = setTimeout(() => setLost(true), lostAfterMs);
    return () => clearTimeout(timer);
  }, [live]);
  return (
    <p role="status" className="text-13 text-muted empty:hidden">
      {lost ? t("notLive") : null}
    </p>
  );
};

/** The studio's first page: the caller's videos with everything that goes on with them. */
export const StudioVideos = ({ query, page }: { query: VideoListQuery; page: VideoPageDto }) => {
  const t = useTranslations("studio");
  const { chooseFiles, channels } = useStudio();
  const list = useVideoList({ query, page });
  const rows = useStudioRows(list);
  const selection = useSelection(rows);
  const ask = useQuery();
  const heading = useRef<HTMLHeadingElement>(null);
  const [clearings, setClearings] = useState(0);
  const choose = useCallback(() => chooseFiles(), [chooseFiles]);
  useUploadLinks(choose);
  const clear = () => {
    // The box keeps what is typed; a new one is empty.
    setClearings(clearings + 1);
    ask({ ...list.query, q: "" });
    heading.current?.focus();
  };
  const searching = list.query.q !== "";
  const channel = channels.find(({ handle }) => handle === list.query.channel);
  const none = rows.length === 0 && !searching;
  const empty = none && channel === undefined;
  return (
    <div className="@container mx-auto flex max-w-[1600px] flex-col gap-4 px-4 pt-4 pb-28 md:px-6">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-3">
        <h1 ref={heading} tabIndex={-1} className="text-28 font-bold tracking-[-0.01em] outline-none">
          {t("title")}
        </h1>
        {empty ? null : (
          <StudioToolbar
            key={clearings}
            startText={clearings > 0 ? "" : list.query.q}
            query={list.query}
            onQuery={ask}
            onUpload={choose}
          />
        )}
      </div>
      <ChannelBar query={list.query} onQuery={empty ? undefined : ask} />
      <ConnectionNote />
      <RefusedFiles />
      {none || searching ? null : <StudioSummary rows={rows} more={list.nextCursor !== null} />}
      {empty ? <EmptyStudio onUpload={choose} /> : null}
      {none && channel !== undefined ? <EmptyChannel name={channel.name} onUpload={choose} /> : null}
      {rows.length > 0 ? <StudioTable rows={rows} selection={selection} /> : null}
      {rows.length === 0 && searching ? <NothingFound q={list.query.q} onClear={clear} /> : null}
      {list.nextCursor === null ? null : <MoreButton />}
      <Announcer rows={rows} />
      <BulkBar selection={selection} onEmptied={() => heading.current?.focus()} />
    </div>
  );
};
