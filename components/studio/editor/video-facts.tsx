"use client";

import { useTranslations } from "next-intl";
import { lengthClock } from "#components/video/duration.ts";
import type { StudioRow } from "../studio-row.ts";
import { useStudioFormat } from "../use-studio-format.ts";

/** Names of what plays, by the short side; the uploaded file's own picture, which plays during a run, by the word for it. */
const qualityNames = (row: StudioRow, original: string): string[] => [
  ...new Set(
    (row.video?.renditions ?? [])
      .filter(({ height }) => height > 0)
      .map(({ name }) => (name === "source" ? original : name)),
  ),
];

/** What is known of the file and what was made of it. */
export const VideoFacts = ({ row }: { row: StudioRow }) => {
  const t = useTranslations("studio.editor");
  const studio = useTranslations("studio");
  const format = useStudioFormat();
  const { sizeBytes, width, height, frameRate, durationMs } = row;
  const qualities = qualityNames(row, t("original"));
  const facts: readonly (readonly [string, string | null])[] = [
    [t("duration"), durationMs === null ? null : lengthClock(durationMs)],
    [t("resolution"), width === null || height === null ? null : `${width} × ${height}`],
    [t("frameRate"), frameRate === null ? null : studio("fps", { rate: format.number(frameRate) })],
    [t("fileSize"), sizeBytes === null ? null : format.bytes(sizeBytes)],
    [t("qualities"), qualities.length === 0 ? null : qualities.join(", ")],
    [t("uploaded"), format.day(row.createdAtMs)],
  ];
  return (
    <section aria-label={t("facts")}>
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1.5 text-13">
        {facts.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-muted">{name}</dt>
            <dd className="tabular text-right">{value ?? <span className="text-faint">{t("unknown")}</span>}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
};
