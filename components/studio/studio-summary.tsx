"use client";

import { useTranslations } from "next-intl";
import { isInProgress, rowState } from "./row-state.ts";
import type { StudioRow } from "./studio-row.ts";
import { useStudioFormat } from "./use-studio-format.ts";

const attention = new Set(["takenDown", "failed", "uploadProblem", "unfinished"]);

/** The numbers above the table: how many videos, what moves, what waits for a person. `more` when older ones are not loaded. */
export const StudioSummary = ({ rows, more }: { rows: readonly StudioRow[]; more: boolean }) => {
  const t = useTranslations("studio.summary");
  const format = useStudioFormat();
  const states = rows.map(rowState);
  const numbers = [
    { name: "videos", value: more ? t("orMore", { count: format.number(rows.length) }) : format.number(rows.length) },
    { name: "inProgress", value: format.number(states.filter(isInProgress).length) },
    { name: "attention", value: format.number(states.filter(({ kind }) => attention.has(kind)).length) },
  ] as const;
  return (
    <dl className="grid grid-cols-3 divide-x divide-line rounded-media border border-line">
      {numbers.map(({ name, value }) => (
        <div key={name} className="flex flex-col justify-between px-3 py-3 sm:px-[18px] sm:py-3.5">
          <dt className="text-12 text-muted">{t(name)}</dt>
          <dd className="tabular mt-1 text-20 font-bold">{value}</dd>
        </div>
      ))}
    </dl>
  );
};
