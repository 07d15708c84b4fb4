"use client";

import { ChevronDown, ChevronUp } from "lucide-react";
import { useTranslations } from "next-intl";
import type { KeyboardEvent } from "react";
import { classNames } from "#components/ui/class-names.ts";
import { controlClass } from "#components/ui/control-class.ts";
import { IconButton } from "#components/ui/icon-button.tsx";

/** Looks for words in a transcript: Enter goes to the next place, with Shift to the former one, Escape empties the field. */
export const TranscriptSearch = ({
  query,
  count,
  current,
  onQuery,
  onStep,
}: {
  query: string;
  count: number;
  /** Of the hits, from 0; -1 for none. */
  current: number;
  onQuery: (query: string) => void;
  onStep: (step: 1 | -1) => void;
}) => {
  const t = useTranslations("watch.transcript");
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === "Enter") onStep(event.shiftKey ? -1 : 1);
    else if (event.key === "Escape" && query !== "") onQuery("");
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const told = query.trim() === "" ? "" : count === 0 ? t("noHits") : t("hit", { place: current + 1, count });
  return (
    <search className="flex items-center gap-1 px-3 pb-2">
      <input
        type="search"
        value={query}
        aria-label={t("search")}
        placeholder={t("search")}
        autoComplete="off"
        onChange={(event) => onQuery(event.target.value)}
        onKeyDown={onKeyDown}
        className={classNames(controlClass, "h-9 min-w-0 flex-1 px-3 text-14")}
      />
      <span role="status" className="tabular min-w-14 text-center text-12 text-muted">
        {told}
      </span>
      <IconButton label={t("previousHit")} size="small" disabled={count === 0} onClick={() => onStep(-1)}>
        <ChevronUp aria-hidden strokeWidth={1.75} />
      </IconButton>
      <IconButton label={t("nextHit")} size="small" disabled={count === 0} onClick={() => onStep(1)}>
        <ChevronDown aria-hidden strokeWidth={1.75} />
      </IconButton>
    </search>
  );
};
