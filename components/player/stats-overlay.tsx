"use client";

import { X } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { type RefObject, useEffect, useState } from "react";
import { bufferAhead } from "#components/player/buffer-ahead.ts";
import type { StreamFacts } from "#components/player/stream-contract.ts";

/** What the figures are read from. */
export type StatsSource = {
  element: RefObject<HTMLVideoElement | null>;
  facts: () => StreamFacts;
  stalls: () => { count: number; ms: number };
};

const everyMs = 500;

type Figures = {
  size: string;
  shown: string;
  buffer: number;
  frames: { dropped: number; all: number };
  facts: StreamFacts;
  stalls: { count: number; ms: number };
};

const rangesOf = ({ buffered }: HTMLVideoElement) =>
  Array.from({ length: buffered.length }, (_, index) => ({
    startSeconds: buffered.start(index),
    endSeconds: buffered.end(index),
  }));

const readFigures = ({ element, facts, stalls }: StatsSource): Figures | null => {
  const media = element.current;
  if (media === null) return null;
  const { droppedVideoFrames, totalVideoFrames } = media.getVideoPlaybackQuality();
  const box = media.getBoundingClientRect();
  return {
    size: `${media.videoWidth}×${media.videoHeight}`,
    shown: `${Math.round(box.width * devicePixelRatio)}×${Math.round(box.height * devicePixelRatio)}`,
    buffer: bufferAhead(rangesOf(media), media.currentTime),
    frames: { dropped: droppedVideoFrames, all: totalVideoFrames },
    facts: facts(),
    stalls: stalls(),
  };
};

const useFigures = ({ element, facts, stalls }: StatsSource): Figures | null => {
  const [figures, setFigures] = useState<Figures | null>(null);
  useEffect(() => {
    const read = () => setFigures(readFigures({ element, facts, stalls }));
    read();
    const timer = setInterval(read, everyMs);
    return () => clearInterval(timer);
  }, [element, facts, stalls]);
  return figures;
};

/** Figures as words, in the order they are shown. */
const useRows = (figures: Figures | null, playing: { rung: string; frameRate: number | null }) => {
  const t = useTranslations("player.stats");
  const format = useFormatter();
  if (figures === null) return [];
  const { size, shown, buffer, frames, facts, stalls } = figures;
  const seconds = (value: number) => t("seconds", { seconds: format.number(value, { maximumFractionDigits: 1 }) });
  const rate = (bits: number | null) =>
    bits === null ? "–" : t("rate", { rate: format.number(bits / 1e6, { maximumFractionDigits: 2 }) });
  const fps = playing.frameRate === null ? "" : ` · ${t("fps", { rate: format.number(playing.frameRate) })}`;
  return [
    { name: "resolution", value: `${size}${fps}` },
    { name: "viewport", value: shown },
    { name: "rung", value: playing.rung === "" ? "–" : `${playing.rung} · ${rate(facts.bitrate)}` },
    { name: "codecs", value: facts.codecs ?? "–" },
    { name: "bandwidth", value: rate(facts.bandwidth) },
    { name: "buffer", value: seconds(buffer) },
    { name: "dropped", value: t("of", { part: frames.dropped, all: frames.all }) },
    { name: "stalls", value: `${format.number(stalls.count)} · ${seconds(stalls.ms / 1000)}` },
  ] as const;
};

/** Figures of what plays, for people who look for what is wrong. */
export const StatsOverlay = ({
  source,
  playing,
  onClose,
}: {
  source: StatsSource;
  playing: { rung: string; frameRate: number | null };
  onClose: () => void;
}) => {
  const t = useTranslations("player.stats");
  const rows = useRows(useFigures(source), playing);
  return (
    <section
      aria-label={t("title")}
      className="player-stats absolute top-3 left-3 z-10 max-w-[calc(100%-1.5rem)] rounded-control bg-badge py-2 pr-10 pl-3 text-12 text-player-text"
    >
      <dl className="tabular grid grid-cols-[auto_1fr] gap-x-3 gap-y-0.5">
        {rows.map(({ name, value }) => (
          <div key={name} className="contents">
            <dt className="text-player-muted">{t(name)}</dt>
            <dd data-figure={name} className="wrap-anywhere">
              {value}
            </dd>
          </div>
        ))}
      </dl>
      <button type="button" aria-label={t("close")} onClick={onClose} className="player-button absolute top-0 right-0">
        <X aria-hidden size={16} strokeWidth={1.75} />
      </button>
    </section>
  );
};
