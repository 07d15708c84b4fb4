"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { buttonClass } from "#components/ui/button.tsx";
import { VideoCard } from "#components/video/video-card.tsx";
import { fetchVideos, type VideoListQuery } from "#lib/api-client/videos.ts";
import type { VideoPageDto } from "#lib/videos/dto.ts";

/** What a `VideoGrid` takes. */
export type VideoGridProps = {
  /** The page the server drew. */
  first: VideoPageDto;
  /** The same filters, for the pages that follow. */
  query: VideoListQuery;
  /** Address of this page with the next cursor: what the link is without scripts. */
  moreHref: string | null;
  showChannel?: boolean;
};

/** Later pages of a list: loads on demand, keeps what it has, tells whether the last try failed. */
const useMoreVideos = ({ first, query }: Pick<VideoGridProps, "first" | "query">) => {
  const [pages, setPages] = useState<readonly VideoPageDto[]>([]);
  const [state, setState] = useState<"idle" | "loading" | "failed">("idle");
  const cursor = (pages.at(-1) ?? first).nextCursor;
  const load = () => {
    if (cursor === null || state === "loading") return;
    setState("loading");
    fetchVideos({ query: { ...query, cursor } }).then(
      (page) => {
        setPages((known) => [...known, page]);
        setState("idle");
      },
      () => setState("failed"),
    );
  };
  return { videos: [first, ...pages].flatMap((page) => page.items), more: cursor !== null, state, load };
};

/** Videos that fill the width; more come as the end nears, or through the link. */
export const VideoGrid = ({ first, query, moreHref, showChannel = true }: VideoGridProps) => {
  const t = useTranslations("common");
  const { videos, more, state, load } = useMoreVideos({ first, query });
  const end = useRef<HTMLAnchorElement>(null);
  const latest = useRef(load);
  latest.current = load;
  useEffect(() => {
    const link = end.current;
    if (link === null || !more || state === "failed") return;
    const near = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) latest.current();
      },
      { rootMargin: "600px" },
    );
    near.observe(link);
    return () => near.disconnect();
  }, [more, state]);
  return (
    <>
      <ul className="grid grid-cols-1 gap-x-4 gap-y-8 sm:grid-cols-[repeat(auto-fill,minmax(280px,1fr))]">
        {videos.map((video, position) => (
          <li key={video.id}>
            <VideoCard video={video} eager={position < 4} showChannel={showChannel} />
          </li>
        ))}
      </ul>
      <p aria-live="polite" className="sr-only">
        {state === "loading" ? t("loading") : ""}
      </p>
      {more && moreHref !== null ? (
        <div className="flex flex-col items-center gap-2 py-10">
          {state === "failed" ? <p className="text-14 text-muted">{t("errors.network")}</p> : null}
          <a
            ref={end}
            href={moreHref}
            onClick={(event) => {
              if (event.metaKey || event.ctrlKey || event.shiftKey) return;
              event.preventDefault();
              load();
            }}
            className={buttonClass()}
          >
            {state === "failed" ? t("retry") : state === "loading" ? t("loading") : t("loadMore")}
          </a>
        </div>
      ) : null}
    </>
  );
};
