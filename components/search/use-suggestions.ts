"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { type ComboboxDeed, comboboxDeed, takesKey } from "#components/search/combobox-key.ts";
import { recentSearches } from "#components/search/recent-searches.ts";
import { optionsOfRecent, optionsOfSuggestions, type SuggestionOption } from "#components/search/suggestion-option.ts";
import { suggestionSource } from "#components/search/suggestion-source.ts";
import { fetchSuggestions } from "#lib/api-client/suggestions.ts";

/** Lines and for which text they are; closed without lines. */
type List = { q: string; options: readonly SuggestionOption[]; open: boolean; active: number };

const none: List = { q: "", options: [], open: false, active: -1 };
const recent = recentSearches();

/** What happens in the box, told to whatever was handed over last. */
const useBoxEvents = (input: HTMLInputElement, onEvent: (event: Event) => void): void => {
  const latest = useRef(onEvent);
  latest.current = onEvent;
  useEffect(() => {
    const ended = new AbortController();
    const tell = (event: Event) => latest.current(event);
    for (const name of ["input", "keydown", "focus", "blur", "click"]) {
      input.addEventListener(name, tell, { signal: ended.signal });
    }
    input.form?.addEventListener("submit", tell, { signal: ended.signal });
    // The words may have been typed before this script was there.
    if (document.activeElement === input) tell(new Event(input.value === "" ? "focus" : "input"));
    return () => ended.abort();
  }, [input]);
};

/** The list below a box and its source of lines. */
const useList = (input: HTMLInputElement) => {
  const [list, setList] = useState(none);
  const [source] = useState(() =>
    suggestionSource({
      ask: async (q, signal) => (await fetchSuggestions(q, signal)).items,
      onAnswer: (q, answer) => {
        const options = optionsOfSuggestions(answer ?? []);
        setList({ q, options, open: options.length > 0 && document.activeElement === input, active: -1 });
      },
    }),
  );
  useEffect(() => source.stop, [source]);
  const close = () => {
    source.stop();
    setList((known) => ({ ...known, open: false, active: -1 }));
  };
  const show = (marked: "first" | "last" | "none") => {
    const q = input.value;
    const options = q.trim() === "" ? optionsOfRecent(recent.read()) : list.q === q ? list.options : [];
    const active = { first: Math.min(0, options.length - 1), last: options.length - 1, none: -1 }[marked];
    if (options.length > 0) setList({ q, options, open: true, active });
    else if (q.trim() !== "") source.type(q);
  };
  const type = () => {
    if (input.value.trim() === "") {
      source.stop();
      const options = optionsOfRecent(recent.read());
      setList({ q: "", options, open: options.length > 0, active: -1 });
      return;
    }
    setList((known) => ({ ...known, active: -1 }));
    source.type(input.value);
  };
  const mark = (active: number) => setList((known) => ({ ...known, active }));
  return { list, close, show, type, mark };
};

/**
 * Suggestions for what is typed in `input`, and this browser's last searches while it is empty; driven by the box's own keys
 * (see `comboboxDeed`). The list is open only while the box has the focus.
 */
export const useSuggestions = (input: HTMLInputElement) => {
  const router = useRouter();
  const { list, close, show, type, mark } = useList(input);
  const pick = (option: SuggestionOption | undefined) => {
    if (option === undefined) return;
    if (option.kind === "clear") recent.clear();
    else {
      if (option.kind === "recent" || option.kind === "query") {
        recent.keep(option.text);
        input.value = option.text;
      }
      router.push(option.href);
    }
    close();
  };
  const follow = (deed: ComboboxDeed) => {
    if (deed.kind === "pick") pick(list.options[deed.at]);
    else if (deed.kind === "open") show(deed.active);
    else if (deed.kind === "mark") mark(deed.active);
    else if (deed.kind === "unmark") mark(-1);
    else close();
    if (deed.kind === "clear") input.value = "";
  };
  const onKey = (event: KeyboardEvent) => {
    // What is being put together (Chinese, Japanese, Korean) uses the same keys for itself.
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    const { open, active, options } = list;
    const deed = comboboxDeed({ key: event.key, alt: event.altKey, open, active, count: options.length });
    if (deed === null) return;
    if (takesKey(deed)) event.preventDefault();
    follow(deed);
  };
  useBoxEvents(input, (event) => {
    if (event instanceof KeyboardEvent) onKey(event);
    else if (event.type === "input") type();
    else if (event.type === "blur" || event.type === "submit") close();
    else if (!list.open && input.value.trim() === "") show("none");
    else if (!list.open && event.type === "click") show("none");
  });
  return { list, pick };
};
