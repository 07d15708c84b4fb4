"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { buttonClass } from "#components/ui/button.tsx";
import { VideoCard } from "#components/video/video-card.tsx";
import { fetchOwnVideos } from "#lib/api-client/library.ts";
import type { VideoDto, VideoPageDto } from "#lib/videos/dto.ts";

/** A grid of the person's feed or of what they like; more comes on demand, or by the link where scripts do not run. */
export const OwnVideos = ({ list, first, path }: { list: "feed" | "likes"; first: VideoPageDto; path: string }) => {
  const t = useTranslations("common");
  const [videos, setVideos] = useState<readonly VideoDto[]>(first.items);
  const [cursor, setCursor] = useState(first.nextCursor);
  const [state, setState] = useState<"idle" | "loading" | "failed">("idle");
  const more = async () => {
    if (cursor === null || state === "loading") return;
    setState("loading");
    try {
      const page = await fetchOwnVideos({ list, cursor });
      setVideos((known) => [...known, ...page.items.filter((video) => !known.some(({ id }) => id === video.id))]);
      setCursor(page.nextCursor);
      setState("idle");
    } catch {
      setState("failed");
    }
  };
  return (
    <>
      <ul className="grid grid-cols-1 max-sm:-mx-4 gap-x-4 gap-y-8 sm:grid-cols-[repeat(auto-fill,minmax(280px,1fr))]">
        {videos.map((video, position) => (
          <li key={video.id}>
            <VideoCard video={video} eager={position < 4} />
          </li>
        ))}
      </ul>
      {cursor === null ? null : (
        <div className="flex flex-col items-center gap-2 py-10">
          <p role="status" className="text-14 text-muted">
            {state === "failed" ? t("errors.network") : null}
          </p>
          <a
            href={`${path}?${new URLSearchParams({ cursor })}`}
            onClick={(event) => {
              if (event.metaKey || event.ctrlKey || event.shiftKey) return;
              event.preventDefault();
              void more();
            }}
            className={buttonClass()}
          >
            {state === "failed" ? t("retry") : state === "loading" ? t("loading") : t("loadMore")}
          </a>
        </div>
      )}
    </>
  );
};
