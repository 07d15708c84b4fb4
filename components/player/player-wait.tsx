"use client";

import { Hourglass, type LucideIcon, WifiOff } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { codecName } from "#components/player/codec-name.ts";
import type { PlayerVideo } from "#components/player/player-props.ts";
import type { StreamWait } from "#components/player/stream-contract.ts";
import { clock } from "#components/video/duration.ts";
import { TimeLeft } from "#components/video/time-left.tsx";

const heldMs = 3_500;
/** More than a segment takes to be made on a slow machine. */
const longMs = 45_000;

/** How far the run has come, while that is known. */
const RunProgress = ({ progress }: { progress: PlayerVideo["progress"] }) => {
  const t = useTranslations("player.wait");
  const format = useFormatter();
  if (progress === null) return null;
  const share = format.number(Math.floor(progress.percent) / 100, { style: "percent" });
  return (
    <div className="mt-4 w-full max-w-72">
      <div
        role="progressbar"
        aria-label={t("progress")}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(progress.percent)}
        className="h-1 overflow-hidden rounded-xs bg-player-hover"
      >
        <div
          className="h-full origin-left bg-player-accent transition-transform duration-200"
          style={{ transform: `scaleX(${progress.percent / 100})` }}
        />
      </div>
      <p className="tabular mt-2 text-13 text-player-muted">
        {share}
        {progress.etaSeconds === null ? null : (
          <>
            {" · "}
            <TimeLeft seconds={progress.etaSeconds} />
          </>
        )}
      </p>
    </div>
  );
};

/** Over the whole picture while nothing of the video can be shown in this browser yet. */
const Nothing = ({ wait, video }: { wait: "codec" | "start"; video: PlayerVideo }) => {
  const t = useTranslations("player.wait");
  const source = video.renditions.find(({ name }) => name === "source");
  const codec = codecName(source?.codecs ?? "");
  const text = wait === "start" ? t("start.text") : codec === null ? t("codec.textPlain") : t("codec.text", { codec });
  return (
    <div
      role="status"
      className="absolute inset-0 z-10 flex flex-col items-center justify-center bg-stage px-6 text-center text-player-text"
    >
      <p className="text-16 font-bold text-balance sm:text-20">{t(`${wait}.title`)}</p>
      <p className="mt-1 max-w-md text-14 text-pretty text-player-muted">{text}</p>
      <RunProgress progress={video.progress} />
    </div>
  );
};

/** A line over the picture that covers none of the controls. */
const Line = ({ icon: Icon = Hourglass, children }: { icon?: LucideIcon; children: string }) => (
  <p
    role="status"
    className="pointer-events-none absolute inset-x-0 top-4 z-10 mx-auto flex w-fit max-w-[calc(100%-2rem)] items-center gap-2 rounded-control bg-badge px-3 py-2 text-13 text-on-badge"
  >
    <Icon aria-hidden size={16} strokeWidth={1.75} className="shrink-0" />
    {children}
  </p>
);

/** True for a while after `count` has grown. */
const useRecently = (count: number) => {
  const [recent, setRecent] = useState(false);
  useEffect(() => {
    if (count === 0) return;
    setRecent(true);
    const timer = setTimeout(() => setRecent(false), heldMs);
    return () => clearTimeout(timer);
  }, [count]);
  return recent;
};

/** True once `waits` has held for so long that one wonders. */
const useLong = (waits: boolean) => {
  const [long, setLong] = useState(false);
  useEffect(() => {
    if (!waits) return;
    const timer = setTimeout(() => setLong(true), longMs);
    return () => {
      clearTimeout(timer);
      setLong(false);
    };
  }, [waits]);
  return long;
};

/** What the player waits for while the video is being prepared; it goes on by itself. */
export const PlayerWait = ({
  wait,
  held,
  reachSeconds,
  video,
}: {
  wait: StreamWait | null;
  held: number;
  reachSeconds: number | null;
  video: PlayerVideo;
}) => {
  const t = useTranslations("player.wait");
  const recentlyHeld = useRecently(held);
  const long = useLong(wait === "edge");
  if (wait === "codec" || wait === "start") return <Nothing wait={wait} video={video} />;
  if (wait === "network") return <Line icon={WifiOff}>{t("network")}</Line>;
  if (wait === "edge") return <Line>{t(long ? "edgeLong" : "edge")}</Line>;
  if (recentlyHeld && reachSeconds !== null) return <Line>{t("held", { clock: clock(reachSeconds * 1000) })}</Line>;
  return null;
};
