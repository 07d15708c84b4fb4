"use client";

import { TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { codecName } from "#components/player/codec-name.ts";
import type { PlayerVideo } from "#components/player/player-props.ts";
import type { PlaybackProblem } from "#components/player/stream-contract.ts";

/** What the video is in, as people say it: `H.264`. */
const codecsOf = ({ renditions }: PlayerVideo) =>
  [...new Set(renditions.flatMap(({ codecs, height }) => (height > 0 ? (codecName(codecs) ?? []) : [])))].join(", ");

/** Over the picture when nothing plays: what happened and what to do. What no retry can help has no button. */
export const PlayerProblem = ({
  problem,
  video,
  onRetry,
}: {
  problem: PlaybackProblem;
  video: PlayerVideo;
  onRetry: () => void;
}) => {
  const t = useTranslations("player.problems");
  const codec = problem === "codec" ? codecsOf(video) : "";
  const helpless = problem === "codec" || problem === "unsupported";
  return (
    <div
      role="alert"
      className="absolute inset-0 z-10 flex flex-col items-center justify-center gap-2 bg-stage px-6 text-center text-player-text"
    >
      <TriangleAlert aria-hidden size={28} strokeWidth={1.5} className="text-player-muted" />
      <p className="text-16 font-bold">{t(`${problem}.title`)}</p>
      <p className="max-w-sm text-14 text-pretty text-player-muted">{t(`${problem}.text`)}</p>
      {codec === "" ? null : <p className="text-13 text-player-muted">{t("codec.which", { codec })}</p>}
      {helpless ? null : (
        <button
          type="button"
          onClick={onRetry}
          className="mt-2 h-9 rounded-control bg-player-hover px-3.5 font-medium hover:bg-player-line"
        >
          {t("retry")}
        </button>
      )}
    </div>
  );
};
