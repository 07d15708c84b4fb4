import type { SuggestionListDto } from "#lib/search/dto.ts";

type Suggestion = SuggestionListDto["items"][number];

/** One line below a search box: what it says and where it leads; `clear` forgets the searches of this browser. */
export type SuggestionOption =
  | { kind: "recent" | "query" | "video" | "channel"; text: string; href: string }
  | { kind: "clear" };

/** The plain search for words: what Enter leads to. */
export const plainSearchHref = (text: string): string => `/search?${new URLSearchParams({ q: text.trim() })}`;

const ofSuggestion = (suggestion: Suggestion): SuggestionOption => {
  const { kind, text } = suggestion;
  if (suggestion.kind === "video") return { kind, text, href: `/watch/${suggestion.videoId}` };
  if (suggestion.kind === "channel") return { kind, text, href: `/@${suggestion.handle}` };
  return { kind, text, href: plainSearchHref(text) };
};

/** What was suggested for what is typed, as lines. */
export const optionsOfSuggestions = (suggestions: readonly Suggestion[]): SuggestionOption[] =>
  suggestions.map(ofSuggestion);

/** The last searches of this browser, as lines, and one to forget them; none without a search. */
export const optionsOfRecent = (searches: readonly string[]): SuggestionOption[] =>
  searches.length === 0
    ? []
    : [
        ...searches.map((text): SuggestionOption => ({ kind: "recent", text, href: plainSearchHref(text) })),
        { kind: "clear" },
      ];
