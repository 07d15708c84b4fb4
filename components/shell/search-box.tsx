"use client";

import { Search, X } from "lucide-react";
import Form from "next/form";
import { useSearchParams } from "next/navigation";
import { useTranslations } from "next-intl";
import { Suspense, useEffect, useRef } from "react";

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

const Box = ({ className, asked, shortcut }: { className?: string | undefined; asked: string; shortcut: boolean }) => {
  const t = useTranslations("common");
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (!shortcut) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      event.preventDefault();
      input.current?.focus();
      input.current?.select();
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [shortcut]);
  return (
    <search className={className}>
      <Form
        action="/search"
        className="group/search flex h-9 items-center gap-2.5 rounded-control bg-raised px-3 transition-colors hover:bg-hover focus-within:outline-2 focus-within:outline-accent"
      >
        <Search aria-hidden size={18} strokeWidth={1.75} className="shrink-0 text-faint" />
        <input
          ref={input}
          key={asked}
          type="search"
          name="q"
          defaultValue={asked}
          maxLength={200}
          autoComplete="off"
          enterKeyHint="search"
          aria-label={t("search")}
          placeholder={t("searchPlaceholder")}
          className="peer h-full min-w-0 flex-1 bg-transparent text-15 outline-none [&::-webkit-search-cancel-button]:hidden"
        />
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
        {shortcut ? (
          <kbd
            aria-hidden
            title={t("searchShortcut")}
            className="hidden rounded-xs border border-line px-1.5 font-sans text-12 text-faint peer-placeholder-shown:block group-focus-within/search:hidden"
          >
            /
          </kbd>
        ) : null}
      </Form>
    </search>
  );
};

const AskedBox = (props: { className?: string | undefined; shortcut: boolean }) => (
  <Box {...props} asked={useSearchParams().get("q") ?? ""} />
);

/** Searches on Enter; keeps what was asked on the results page. `/` focuses it when `shortcut` is on. */
export const SearchBox = ({ className, shortcut = true }: { className?: string; shortcut?: boolean }) => (
  <Suspense fallback={<Box className={className} asked="" shortcut={false} />}>
    <AskedBox className={className} shortcut={shortcut} />
  </Suspense>
);
