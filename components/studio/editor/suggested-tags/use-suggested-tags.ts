import { useLocale, useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { toast } from "#components/ui/toast.tsx";
import { ApiError } from "#lib/api-client/api-error.ts";
import { acceptSuggestedTag, fetchSuggestedTags, removeSuggestedTag } from "#lib/api-client/labels.ts";
import type { SuggestedTagsDto, SuggestionName } from "#lib/labels/dto.ts";
import type { VideoDto } from "#lib/videos/dto.ts";
import { useStudio } from "../../studio-context.tsx";
import { useReportError } from "../../use-report-error.ts";

/** A suggestion as it is shown: in the language of the page. */
export type ShownSuggestion = { name: SuggestionName; word: string };

/** A video's suggested tags. What is accepted joins the tags of the form above, which follows the video. */
export const useSuggestedTags = ({ video, first }: { video: VideoDto; first: SuggestedTagsDto }) => {
  const t = useTranslations("suggested-tags.editor");
  const { store } = useStudio();
  const report = useReportError();
  const language = useLocale() === "uk" ? "uk" : "en";
  const [suggestions, setSuggestions] = useState(first);
  const [busy, setBusy] = useState<SuggestionName | null>(null);
  const waits = suggestions.state === "waiting";
  // The look at the stills tells that the video has changed.
  useEffect(() => {
    if (waits && video.status === "ready") fetchSuggestedTags(video.id).then(setSuggestions, report);
  }, [video, waits, report]);
  const decide = async ({ name, word }: ShownSuggestion, work: () => Promise<string>) => {
    setBusy(name);
    try {
      toast({ title: await work() });
    } catch (error) {
      if (error instanceof ApiError && error.code === "conflict") toast({ title: t("full"), tone: "danger" });
      // Somebody else has decided.
      else if (error instanceof ApiError && error.code === "not_found")
        setSuggestions(await fetchSuggestedTags(video.id));
      else report(error);
    } finally {
      setBusy((now) => (now === name ? null : now));
    }
    return word;
  };
  const accept = (shown: ShownSuggestion) =>
    decide(shown, async () => {
      const accepted = await acceptSuggestedTag({ videoId: video.id, name: shown.name, language });
      store.keep(accepted.video);
      setSuggestions(accepted.suggestions);
      return t("added", { word: shown.word });
    });
  const remove = (shown: ShownSuggestion) =>
    decide(shown, async () => {
      setSuggestions(await removeSuggestedTag({ videoId: video.id, name: shown.name }));
      return t("removed", { word: shown.word });
    });
  return { suggestions, busy, language, accept, remove } as const;
};
