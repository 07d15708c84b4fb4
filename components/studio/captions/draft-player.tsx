"use client";

import { useTranslations } from "next-intl";
import { type RefObject, useState } from "react";
import { Player } from "#components/player/player.tsx";
import type { VideoDto } from "#lib/videos/dto.ts";

/** Words as they will be shown, without the marks of their form. */
const plain = (words: string) => words.replace(/<\/?[biu]>/g, "");

/** The video with the captions as they are typed, not as they were saved; below it, since the player has its own over the picture. */
export const DraftPlayer = (props: {
  video: VideoDto;
  frame: RefObject<HTMLDivElement | null>;
  /** What is spoken now. */
  words: string;
  language: string;
}) => {
  const t = useTranslations("caption-editor");
  const { video, frame, words, language } = props;
  // The first address that plays stays: a later one would start the picture anew.
  const [hlsUrl] = useState(video.playable ? video.playback.hlsUrl : null);
  const [shown] = useState({ ...video, playback: { ...video.playback, captions: [] } });
  return (
    <div className="flex flex-col gap-2">
      <div ref={frame} className="relative aspect-video max-h-[50dvh] overflow-hidden rounded-media bg-stage">
        {hlsUrl === null ? (
          <p className="absolute inset-x-0 top-0 bg-badge px-3 py-2 text-13 text-on-badge">{t("notPlayable")}</p>
        ) : (
          <Player video={shown} hlsUrl={hlsUrl} />
        )}
      </div>
      <p
        lang={language === "und" ? undefined : language}
        className="flex min-h-12 items-center justify-center rounded-control bg-raised px-3 py-1 text-center text-15 whitespace-pre-line"
      >
        {plain(words)}
      </p>
    </div>
  );
};
