"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Player } from "#components/player/player.tsx";
import { Poster } from "#components/video/poster.tsx";
import type { VideoDto } from "#lib/videos/dto.ts";
import type { StudioRow } from "../studio-row.ts";

/** What stands where the player will be: the picture as far as there is one, and why nothing plays yet. */
const NothingToPlay = ({ row }: { row: StudioRow }) => {
  const t = useTranslations("studio.editor");
  const status = row.video?.status ?? "uploading";
  const words = status === "uploading" ? "previewUploading" : status === "failed" ? "previewFailed" : "notPlayable";
  const { durationMs, width, height, posterUrl, thumbnails, dominantColor } = row;
  const playback = { posterUrl, thumbnails, dominantColor };
  return (
    <>
      <Poster eager place="editor" className="size-full" video={{ durationMs, width, height, playback }} />
      <p className="absolute inset-x-0 top-0 bg-badge px-3 py-2 text-13 text-on-badge">{t(words)}</p>
    </>
  );
};

const Playing = ({ video, hlsUrl }: { video: VideoDto; hlsUrl: string }) => {
  // The first address that plays stays: a later one would start the picture anew.
  const [kept] = useState({ hlsUrl, posterUrl: video.playback.posterUrl });
  return (
    <>
      {kept.posterUrl === null ? null : (
        // biome-ignore lint/performance/noImgElement: the same poster the player shows, there before it
        <img src={kept.posterUrl} alt="" className="absolute inset-0 size-full object-contain" />
      )}
      <Player video={video} hlsUrl={kept.hlsUrl} />
    </>
  );
};

/** The video as viewers get it, as soon as it plays; the room for it is there from the start. */
export const VideoPreview = ({ row }: { row: StudioRow }) => {
  const { video } = row;
  const hlsUrl = video?.playable ? video.playback.hlsUrl : null;
  return (
    <div className="relative aspect-video overflow-hidden rounded-media bg-stage">
      {video && hlsUrl !== null ? <Playing video={video} hlsUrl={hlsUrl} /> : <NothingToPlay row={row} />}
    </div>
  );
};
