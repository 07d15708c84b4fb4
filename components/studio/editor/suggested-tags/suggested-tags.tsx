"use client";

import { Plus, X } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { Button } from "#components/ui/button.tsx";
import type { SuggestedTagsDto } from "#lib/labels/dto.ts";
import type { VideoDto } from "#lib/videos/dto.ts";
import { EditorSection } from "../editor-section.tsx";
import { useEditorStart } from "../editor-start.tsx";
import { type ShownSuggestion, useSuggestedTags } from "./use-suggested-tags.ts";

type State = ReturnType<typeof useSuggestedTags>;

/** One suggestion with why it is made and what may be done about it. */
const Row = ({
  shown,
  title,
  about,
  state,
}: {
  shown: ShownSuggestion;
  title: string;
  about: string;
  state: State;
}) => {
  const t = useTranslations("suggested-tags.editor");
  const busy = state.busy === shown.name;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-line py-2.5 last:border-b-0">
      <div className="min-w-0 flex-1 basis-48">
        <p className="text-14 font-medium wrap-anywhere">{title}</p>
        <p className="text-13 text-muted">{about}</p>
      </div>
      <div className="flex gap-2">
        <Button
          size="small"
          busy={busy}
          onClick={() => void state.accept(shown)}
          aria-label={t("acceptNamed", { word: shown.word })}
        >
          <Plus aria-hidden strokeWidth={1.75} />
          {t("accept")}
        </Button>
        <Button
          size="small"
          disabled={busy}
          onClick={() => void state.remove(shown)}
          aria-label={t("removeNamed", { word: shown.word })}
        >
          <X aria-hidden strokeWidth={1.75} />
          {t("remove")}
        </Button>
      </div>
    </li>
  );
};

/** What there is to say besides the suggestions; null when they say it all. */
const noteOf = ({ state, items, place }: SuggestedTagsDto) => {
  if (state === "waiting" || state === "unavailable" || state === "partial") return state;
  return items.length === 0 && place === null ? ("none" as const) : null;
};

const Listed = ({ video, first }: { video: VideoDto; first: SuggestedTagsDto }) => {
  const t = useTranslations("suggested-tags.editor");
  const format = useFormatter();
  const state = useSuggestedTags({ video, first });
  const { suggestions, language } = state;
  const { items, place } = suggestions;
  const note = noteOf(suggestions);
  return (
    <>
      {items.length === 0 && place === null ? null : (
        <ul className="flex flex-col">
          {items.map(({ label, words, confidence, frames }) => {
            const percent = format.number(confidence, { style: "percent" });
            const about = `${t("confidence", { percent })} · ${t("frames", { count: frames })}`;
            const word = words[language];
            return <Row key={label} shown={{ name: label, word }} title={word} about={about} state={state} />;
          })}
          {place === null ? null : (
            <Row
              shown={{ name: "place", word: place.words[language] }}
              title={t("place", { word: place.words[language] })}
              about={t("placeAbout")}
              state={state}
            />
          )}
        </ul>
      )}
      {note === null ? null : <p className="text-13 text-muted">{t(note)}</p>}
    </>
  );
};

/** Tags that a model on the server suggests; nothing of them is public until it is accepted. */
export const SuggestedTags = ({ video }: { video: VideoDto }) => {
  const t = useTranslations("suggested-tags.editor");
  const start = useEditorStart();
  const first = start?.suggestions ?? null;
  if (first === null || (first.state === "off" && first.items.length === 0 && first.place === null)) return null;
  return (
    <EditorSection id="suggested-tags" title={t("title")} about={t("about")}>
      <Listed video={video} first={first} />
    </EditorSection>
  );
};
