"use client";

import { useTranslations } from "next-intl";
import { type CSSProperties, useState } from "react";
import { Player } from "#components/player/player.tsx";
import type { PlayerWishes } from "#components/player/use-player-wishes.ts";
import { StageNotice } from "#components/video/stage-notice.tsx";
import type { VideoDto } from "#lib/videos/dto.ts";

/** What an embed is drawn from. */
export type EmbedStageProps = {
  video: VideoDto;
  /** Where the title leads: this site's own page of the video; null when a token opens the embed only. */
  watchUrl: string | null;
  startSeconds: number;
  autoplay: boolean;
  wishes: PlayerWishes;
  /** The bar's colour, as CSS; null for the usual one. */
  color: string | null;
};

/** The track that a wished language means: `uk` also means `uk-UA`, and the other way round. */
const trackOf = (video: VideoDto, wanted: string | null): string | null => {
  if (wanted === null) return null;
  const languages = video.playback.captions.map(({ language }) => language);
  const main = (tag: string) => tag.toLowerCase().split("-")[0];
  return (
    languages.find((language) => language.toLowerCase() === wanted) ??
    languages.find((language) => main(language) === main(wanted)) ??
    null
  );
};

const accentOf = (color: string | null) => (color === null ? {} : ({ "--player-accent": color } as CSSProperties));

/** The video over the whole frame, and its title as the way to its own page. */
export const EmbedStage = ({ video, watchUrl, startSeconds, autoplay, wishes, color }: EmbedStageProps) => {
  const t = useTranslations("sharing.embed");
  // The first address that plays stays: a later one would start the picture anew.
  const [hlsUrl] = useState(video.playback.hlsUrl);
  const [wished] = useState(() => ({ ...wishes, captions: trackOf(video, wishes.captions) }));
  if (hlsUrl === null || !video.playable) return <StageNotice title={t("notReady.title")} text={t("notReady.text")} />;
  return (
    <div className="absolute inset-0" style={accentOf(color)}>
      <Player video={video} hlsUrl={hlsUrl} startSeconds={startSeconds} autoStart={autoplay} wishes={wished} />
      {watchUrl === null ? null : (
        <a
          href={watchUrl}
          target="_blank"
          rel="noopener"
          className="absolute top-2 left-2 z-10 max-w-[calc(100%-1rem)] truncate rounded-control bg-badge px-2.5 py-1.5 text-13 font-medium text-player-text opacity-0 transition-opacity focus-visible:opacity-100 [.embed:hover_&]:opacity-100"
        >
          {video.title}
        </a>
      )}
    </div>
  );
};
