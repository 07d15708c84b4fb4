"use client";

import { Clapperboard, History, Search, Trash2, Tv } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect } from "react";
import type { SuggestionOption } from "#components/search/suggestion-option.ts";
import { useSuggestions } from "#components/search/use-suggestions.ts";

/** What the box tells screen readers of its list; `activeId` is the id of the marked line. */
export type ComboboxShown = { expanded: boolean; activeId: string | undefined };

const icons = { recent: History, query: Search, video: Clapperboard, channel: Tv, clear: Trash2 } as const;

const Line = ({ option }: { option: SuggestionOption }) => {
  const t = useTranslations("suggestions");
  const Icon = icons[option.kind];
  return (
    <>
      <Icon aria-hidden size={16} strokeWidth={1.75} className="shrink-0 text-faint" />
      <span className={option.kind === "clear" ? "text-muted" : "min-w-0 flex-1 truncate"}>
        {option.kind === "clear" ? t("clear") : option.text}
      </span>
      {option.kind === "query" || option.kind === "clear" ? null : (
        <span className={option.kind === "recent" ? "sr-only" : "shrink-0 text-12 text-muted"}>
          {t(`kinds.${option.kind}`)}
        </span>
      )}
    </>
  );
};

/**
 * The list below a search box: a listbox of which the box (`input`) is the combobox (WAI-ARIA). It lies over the page, so that
 * nothing moves. `onShow` hears what the box's attributes must say.
 */
export const SuggestionPopup = ({
  input,
  listId,
  onShow,
}: {
  input: HTMLInputElement;
  listId: string;
  onShow: (shown: ComboboxShown) => void;
}) => {
  const t = useTranslations("suggestions");
  const { list, pick } = useSuggestions(input);
  const { options, open, active } = list;
  const activeId = open && active >= 0 ? `${listId}-${active}` : undefined;
  useEffect(() => {
    onShow({ expanded: open, activeId });
    if (activeId !== undefined) document.getElementById(activeId)?.scrollIntoView({ block: "nearest" });
  }, [onShow, open, activeId]);
  return (
    <>
      <p role="status" className="sr-only">
        {open ? t("count", { count: options.length }) : ""}
      </p>
      {open ? (
        <div
          id={listId}
          role="listbox"
          tabIndex={-1}
          aria-label={t("label")}
          // The focus stays in the box, whichever line a mouse or a finger chooses.
          onMouseDown={(event) => event.preventDefault()}
          className="absolute inset-x-0 top-full z-40 mt-1.5 max-h-[min(70dvh,480px)] overflow-y-auto overscroll-contain rounded-media bg-raised p-1.5 text-ink shadow-float"
        >
          {options.map((option, at) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the box has the focus and the keys
            <div
              key={option.kind === "clear" ? option.kind : `${option.kind} ${option.href}`}
              id={`${listId}-${at}`}
              role="option"
              tabIndex={-1}
              aria-selected={at === active}
              onClick={() => pick(option)}
              className="flex min-h-10 cursor-pointer items-center gap-3 rounded-control px-2.5 py-1.5 text-15 hover:bg-hover aria-selected:bg-hover"
            >
              <Line option={option} />
            </div>
          ))}
        </div>
      ) : null}
    </>
  );
};
