"use client";

import { useTranslations } from "next-intl";
import { useEffect, useEffectEvent, useState } from "react";
import type { AfterThis } from "#components/player/use-next.ts";

/** Long enough to read the title and to say no. */
const countdownSeconds = 8;

/** Seconds that are left, and `onOver` once when none is; nothing runs while not `counting`. */
const useCountdown = ({ counting, onOver }: { counting: boolean; onOver: () => void }): number => {
  const [left, setLeft] = useState(countdownSeconds);
  const over = useEffectEvent(onOver);
  useEffect(() => {
    if (!counting) return;
    const endsAt = performance.now() + countdownSeconds * 1000;
    setLeft(countdownSeconds);
    const timer = setInterval(() => {
      const seconds = Math.ceil((endsAt - performance.now()) / 1000);
      setLeft(Math.max(0, seconds));
      if (seconds > 0) return;
      clearInterval(timer);
      over();
    }, 250);
    return () => clearInterval(timer);
  }, [counting]);
  return left;
};

const buttonClass = "h-9 rounded-control px-3.5 text-14 font-medium";

/** At the end of a video: what plays next, by itself in a moment unless one says no. Escape says no too. */
export const UpNext = ({ after: { next, byItself, go } }: { after: AfterThis }) => {
  const t = useTranslations("player.next");
  const [refused, setRefused] = useState(false);
  const counting = byItself && !refused && next !== null;
  const left = useCountdown({ counting, onOver: go });
  useEffect(() => {
    if (!counting) return;
    const onKeyDown = (event: KeyboardEvent) => event.key === "Escape" && setRefused(true);
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [counting]);
  if (next === null || refused) return null;
  return (
    <section
      aria-label={t("title")}
      className="appear absolute inset-x-3 bottom-20 z-10 mx-auto flex max-w-[440px] gap-3 rounded-media bg-player-raised p-3 text-player-text shadow-float"
    >
      {next.posterUrl === null ? null : (
        // biome-ignore lint/performance/noImgElement: a signed address that only this viewer may load
        <img src={next.posterUrl} alt="" className="aspect-video w-32 shrink-0 rounded-control object-cover" />
      )}
      <div className="min-w-0 flex-1">
        <p className="tabular text-12 text-player-muted">{counting ? t("countdown", { seconds: left }) : t("title")}</p>
        <p className="line-clamp-2 text-14 font-bold wrap-anywhere">{next.title}</p>
        <p className="truncate text-12 text-player-muted">{next.channelName}</p>
        <div className="mt-2 flex gap-2">
          <button type="button" onClick={go} className={`${buttonClass} bg-player-text text-stage`}>
            {t("playNow")}
          </button>
          <button
            type="button"
            onClick={() => setRefused(true)}
            className={`${buttonClass} bg-player-hover hover:bg-player-line`}
          >
            {counting ? t("cancel") : t("close")}
          </button>
        </div>
      </div>
      <p role="status" className="sr-only">
        {counting ? t("announced", { title: next.title, seconds: countdownSeconds }) : ""}
      </p>
    </section>
  );
};
