"use client";

import { TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { codecName } from "#components/player/codec-name.ts";
import type { PlayerVideo } from "#components/player/player-props.ts";
import type { PlaybackProblem } from "#components/player/stream-contract.ts";
import { mediaRefusal } from "#lib/api-client/media-refusal.ts";

/** What the video is in, as people say it: `H.264`. */
const codecsOf = ({ renditions }: PlayerVideo) =>
  [...new Set(renditions.flatMap(({ codecs, height }) => (height > 0 ? (codecName(codecs) ?? []) : [])))].join(", ");

/** A stream that is refused may be so because the channel has used up its delivery: the answer's body says it. */
const useRefusal = ({ problem, hlsUrl }: { problem: PlaybackProblem; hlsUrl: string }) => {
  const [code, setCode] = useState<string | null>(null);
  useEffect(() => {
    if (problem !== "gone") return;
    const asking = new AbortController();
    mediaRefusal({ url: hlsUrl, signal: asking.signal }).then(setCode);
    return () => asking.abort();
  }, [problem, hlsUrl]);
  return problem === "gone" && code === "delivery_limit_reached" ? "allowance" : problem;
};

/** Over the picture when nothing plays: what happened and what to do. What no retry can help has no button. */
export const PlayerProblem = ({
  problem: found,
  video,
  hlsUrl,
  onRetry,
}: {
  problem: PlaybackProblem;
  video: PlayerVideo;
  hlsUrl: string;
  onRetry: () => void;
}) => {
  const t = useTranslations("player.problems");
  const problem = useRefusal({ problem: found, hlsUrl });
  const codec = problem === "codec" ? codecsOf(video) : "";
  const helpless = problem === "codec" || problem === "unsupported" || problem === "allowance";
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
