"use client";

import { TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import type { PlaybackProblem } from "#components/player/stream-contract.ts";

/** Over the picture when nothing plays: what happened and what to do. What no retry can help has no button. */
export const PlayerProblem = ({ problem, onRetry }: { problem: PlaybackProblem; onRetry: () => void }) => {
  const t = useTranslations("player.problems");
  const helpless = problem === "codec" || problem === "unsupported";
  return (
    <div
      role="alert"
      className="absolute inset-0 z-10 flex flex-col items-center justify-center gap-2 bg-stage px-6 text-center text-player-text"
    >
      <TriangleAlert aria-hidden size={28} strokeWidth={1.5} className="text-player-muted" />
      <p className="text-16 font-bold">{t(`${problem}.title`)}</p>
      <p className="max-w-sm text-14 text-pretty text-player-muted">{t(`${problem}.text`)}</p>
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
