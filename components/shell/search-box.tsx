"use client";

import { Search, X } from "lucide-react";
import { useRouter, useSearchParams } from "next/navigation";
import { useTranslations } from "next-intl";
import { type ComponentType, type FormEvent, Suspense, useCallback, useEffect, useId, useRef, useState } from "react";
import { recentSearches } from "#components/search/recent-searches.ts";
import type { ComboboxShown, SuggestionPopup } from "#components/search/suggestion-popup.tsx";

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

const ClearButton = ({ input }: { input: { current: HTMLInputElement | null } }) => {
  const t = useTranslations("common");
  return (
    <button
      type="button"
      aria-label={t("clearSearch")}
      onClick={() => {
        if (input.current === null) return;
        input.current.value = "";
        input.current.focus();
      }}
      className="flex size-6 items-center justify-center rounded-xs text-muted peer-placeholder-shown:hidden hover:text-ink"
    >
      <X aria-hidden size={16} strokeWidth={1.75} />
    </button>
  );
};

const ShortcutHint = () => {
  const t = useTranslations("common");
  return (
    <kbd
      aria-hidden
      title={t("searchShortcut")}
      className="hidden rounded-xs border border-line px-1.5 font-sans text-12 text-faint peer-placeholder-shown:block group-focus-within/search:hidden"
    >
      /
    </kbd>
  );
};

/** `/` leads to the box from anywhere but other fields. */
const useShortcut = (input: { current: HTMLInputElement | null }, isOn: boolean): void => {
  useEffect(() => {
    if (!isOn) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      event.preventDefault();
      input.current?.focus();
      input.current?.select();
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [input, isOn]);
};

type Popup = ComponentType<Parameters<typeof SuggestionPopup>[0]>;

/** The list of suggestions, whose script comes as somebody goes to the box: pages on which nobody searches do without. */
const usePopup = (input: { current: HTMLInputElement | null }) => {
  const [popup, setPopup] = useState<{ List: Popup; input: HTMLInputElement } | null>(null);
  const load = useCallback(() => {
    import("#components/search/suggestion-popup.tsx").then(
      ({ SuggestionPopup: List }) => input.current !== null && setPopup({ List, input: input.current }),
      // Without it the box searches all the same; the next focus tries again.
      () => undefined,
    );
  }, [input]);
  useEffect(() => {
    if (document.activeElement === input.current) load();
  }, [input, load]);
  return { popup, load: popup === null ? load : undefined };
};

const Asked = ({ onAsked }: { onAsked: (asked: string) => void }) => {
  const asked = useSearchParams().get("q") ?? "";
  useEffect(() => onAsked(asked), [onAsked, asked]);
  return null;
};

/** Puts what the page was asked into the field whenever that changes. What was typed before the script was there is kept. */
const useAsked = (input: { current: HTMLInputElement | null }): ((asked: string) => void) => {
  const known = useRef<string>(null);
  return useCallback(
    (asked) => {
      const field = input.current;
      const isFirst = known.current === null;
      if (field !== null && known.current !== asked && !(isFirst && field.value !== "")) field.value = asked;
      known.current = asked;
    },
    [input],
  );
};

/** Goes to what is searched for without a full load; what Next has for that would be in the script of every page. */
const searchFor = (event: FormEvent, asked: string, router: ReturnType<typeof useRouter>): void => {
  event.preventDefault();
  recentSearches().keep(asked);
  router.push(`/search?${new URLSearchParams({ q: asked })}`);
};

/** Searches on Enter and suggests while one types; keeps what was asked on the results page. `/` focuses it when `shortcut` is on. */
export const SearchBox = ({ className, shortcut = true }: { className?: string; shortcut?: boolean }) => {
  const t = useTranslations("common");
  const listId = useId();
  const input = useRef<HTMLInputElement>(null);
  const [shown, setShown] = useState<ComboboxShown>({ expanded: false, activeId: undefined });
  const { popup, load } = usePopup(input);
  useShortcut(input, shortcut);
  const onAsked = useAsked(input);
  const router = useRouter();
  return (
    <search className={`relative ${className ?? ""}`}>
      <form
        action="/search"
        onSubmit={(event) => searchFor(event, input.current?.value ?? "", router)}
        className="group/search flex h-9 items-center gap-2.5 rounded-control bg-raised px-3 transition-colors hover:bg-hover focus-within:outline-2 focus-within:outline-accent"
      >
        <Search aria-hidden size={18} strokeWidth={1.75} className="shrink-0 text-faint" />
        <input
          ref={input}
          type="text"
          inputMode="search"
          role="combobox"
          aria-autocomplete="list"
          aria-expanded={shown.expanded}
          aria-controls={listId}
          aria-activedescendant={shown.activeId}
          onFocus={() => {
            router.prefetch("/search");
            load?.();
          }}
          name="q"
          maxLength={200}
          autoComplete="off"
          enterKeyHint="search"
          aria-label={t("search")}
          placeholder={t("searchPlaceholder")}
          className="peer h-full min-w-0 flex-1 bg-transparent text-15 outline-none"
        />
        <ClearButton input={input} />
        {shortcut ? <ShortcutHint /> : null}
      </form>
      {popup === null ? null : <popup.List input={popup.input} listId={listId} onShow={setShown} />}
      {/* Beside the field: a boundary around it would be shown twice, and the second one empties what was typed into the first. */}
      <Suspense>
        <Asked onAsked={onAsked} />
      </Suspense>
    </search>
  );
};
