"use client";

import { useFormatter, useTranslations } from "next-intl";
import { type PointerEvent, useState } from "react";
import { clock } from "#components/video/duration.ts";
import { type StoryboardTile, tileAt } from "#components/video/storyboard.ts";
import { useStoryboard } from "#components/video/use-storyboard.ts";
import type { VideoAnalyticsDto } from "#lib/analytics/dto.ts";

type Retention = NonNullable<VideoAnalyticsDto["retention"]>;

const height = 100;
const stripTiles = 8;

/** A tile of the storyboard, drawn as wide as its room. */
const Tile = ({ tile }: { tile: StoryboardTile | null }) => (
  <div className="aspect-video min-w-0 flex-1 bg-stage">
    {tile === null ? null : (
      <svg aria-hidden="true" className="block size-full" viewBox={`0 0 ${tile.width} ${tile.height}`}>
        {/* A window of its own, so that beside a portrait tile nothing of its neighbours shows. */}
        <svg
          aria-hidden="true"
          width={tile.width}
          height={tile.height}
          viewBox={`${tile.x} ${tile.y} ${tile.width} ${tile.height}`}
        >
          <image href={tile.url} />
        </svg>
      </svg>
    )}
  </div>
);

/** Steps, not a line between points: each part of the video has one share. */
const outline = (points: readonly number[]): string =>
  points.map((share, index) => `H${index} V${(1 - share) * height} H${index + 1}`).join(" ");

const Curve = ({ points, label, at }: { points: readonly number[]; label: string; at: number | null }) => (
  <svg
    role="img"
    aria-label={label}
    viewBox={`0 0 ${points.length} ${height}`}
    preserveAspectRatio="none"
    className="block h-44 w-full"
  >
    <path d={`M0 ${height} ${outline(points)} V${height} Z`} className="fill-hover" />
    <path
      d={`M0 ${(1 - (points[0] ?? 0)) * height} ${outline(points)}`}
      vectorEffect="non-scaling-stroke"
      className="fill-none stroke-muted stroke-2"
    />
    {at === null ? null : <rect x={at} width={1} height={height} className="fill-accent/30" />}
  </svg>
);

const PointTable = ({ retention }: { retention: Retention }) => {
  const t = useTranslations("analytics.retention");
  const format = useFormatter();
  const { points, durationMs } = retention;
  const rows = points.map((share, index) => ({ atMs: (index / points.length) * durationMs, share }));
  return (
    <details className="text-14">
      <summary className="w-fit cursor-pointer rounded-xs text-muted hover:text-ink">{t("table")}</summary>
      <div className="mt-3 max-h-80 overflow-y-auto rounded-control border border-line">
        <table className="tabular w-full border-collapse">
          <thead>
            <tr className="text-13 text-muted">
              <th scope="col" className="px-3 py-2 text-left font-medium">
                {t("moment")}
              </th>
              <th scope="col" className="px-3 py-2 text-right font-medium">
                {t("share")}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ atMs, share }) => (
              <tr key={atMs} className="border-t border-line">
                <th scope="row" className="px-3 py-1.5 text-left font-normal">
                  {clock(atMs)}
                </th>
                <td className="px-3 py-1.5 text-right">{format.number(share, { style: "percent" })}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
};

/** Which parts of a video people saw, over its storyboard; pointing at a moment tells its share. The same as a table. */
export const RetentionChart = ({
  retention,
  storyboardUrl,
}: {
  retention: Retention;
  storyboardUrl: string | null;
}) => {
  const t = useTranslations("analytics.retention");
  const format = useFormatter();
  const tiles = useStoryboard(storyboardUrl);
  const [at, setAt] = useState<number | null>(null);
  const { points, durationMs, plays } = retention;
  const percent = (share: number) => format.number(share, { style: "percent" });
  const last = points.at(-1) ?? 0;
  const middle = points[Math.floor(points.length / 2)] ?? 0;
  const label = t("chart", { plays, middle: percent(middle), end: percent(last) });
  const point = ({ currentTarget, clientX }: PointerEvent) => {
    const { left, width } = currentTarget.getBoundingClientRect();
    setAt(Math.min(points.length - 1, Math.max(0, Math.floor(((clientX - left) / width) * points.length))));
  };
  const startOf = (index: number) => (index / points.length) * durationMs;
  return (
    <div className="flex flex-col gap-4">
      <figure>
        <p className="tabular flex min-h-5 justify-between gap-4 pb-1 text-12 text-faint">
          <span aria-hidden>{percent(1)}</span>
          <span aria-hidden>
            {at === null ? null : t("here", { moment: clock(startOf(at)), share: percent(points[at] ?? 0) })}
          </span>
        </p>
        <div className="border-y border-line" onPointerMove={point} onPointerLeave={() => setAt(null)}>
          <Curve points={points} label={label} at={at} />
        </div>
        {storyboardUrl === null ? null : (
          <div aria-hidden className="flex">
            {Array.from({ length: stripTiles }, (_, index) => {
              const atMs = ((index + 0.5) / stripTiles) * durationMs;
              return <Tile key={atMs} tile={tileAt(tiles, atMs)} />;
            })}
          </div>
        )}
        <p aria-hidden className="tabular flex justify-between pt-1.5 text-12 text-faint">
          <span>{clock(0)}</span>
          <span>{clock(durationMs / 2)}</span>
          <span>{clock(durationMs)}</span>
        </p>
      </figure>
      <PointTable retention={retention} />
    </div>
  );
};
