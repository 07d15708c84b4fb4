import { useLocale, useTranslations } from "next-intl";
import { useCallback, useEffect, useState } from "react";
import { toast } from "#components/ui/toast.tsx";
import { ApiError } from "#lib/api-client/api-error.ts";
import { addCaption, deleteCaption, fetchCaptions, patchCaption } from "#lib/api-client/texts.ts";
import type { CaptionDto, CaptionPatch } from "#lib/captions/dto.ts";
import type { VideoDto } from "#lib/videos/dto.ts";
import { useReportError } from "../use-report-error.ts";
import { useEditorStart } from "./editor-start.tsx";

/** `film.uk.srt` says its language; other names leave it to the page's. */
const languageOf = (name: string, otherwise: string): string =>
  /[._ -]([a-z]{2,3}(?:-[A-Za-z]{2,4})?)\.[a-z]+$/.exec(name)?.[1] ?? otherwise;

/** The list as the server has it. Null before it is there. */
const useCaptionList = (video: VideoDto) => {
  const videoId = video.id;
  const report = useReportError();
  const [items, setItems] = useState<readonly CaptionDto[] | null>(useEditorStart()?.captions ?? null);
  // Changes whenever a run, or somebody elsewhere, changed the list.
  const news = video.playback.captions.map(({ id, language, label }) => `${id} ${language} ${label}`).join("\n");
  // biome-ignore lint/correctness/useExhaustiveDependencies: the list is asked for anew when there is news of it
  useEffect(() => {
    const ended = new AbortController();
    fetchCaptions({ videoId, signal: ended.signal }).then(
      (page) => setItems(page.items),
      (error: unknown) => {
        if (!ended.signal.aborted) report(error);
      },
    );
    return () => ended.abort();
  }, [videoId, news, report]);
  return { items, setItems };
};

/** A video's captions, and what can be done with them; each failure is told. Null before the list is there. */
export const useCaptions = (video: VideoDto) => {
  const videoId = video.id;
  const locale = useLocale();
  const t = useTranslations("texts.captions");
  const report = useReportError();
  const { items, setItems } = useCaptionList(video);
  const [adding, setAdding] = useState(false);
  const add = useCallback(
    async (file: File) => {
      setAdding(true);
      try {
        const added = await addCaption({ videoId, file, language: languageOf(file.name, locale) });
        setItems((known) => [...(known ?? []).filter(({ id }) => id !== added.id), added]);
      } catch (error) {
        const refused = error instanceof ApiError && (error.code === "unprocessable" || error.code === "too_large");
        if (refused) toast({ title: t("refused"), description: t("refusedText"), tone: "danger" });
        else report(error);
      } finally {
        setAdding(false);
      }
    },
    [videoId, locale, t, report, setItems],
  );
  const edit = useCallback(
    async (captionId: string, patch: CaptionPatch): Promise<boolean> => {
      try {
        const edited = await patchCaption({ videoId, captionId, patch });
        setItems(
          (known) =>
            known?.map((one) => {
              if (one.id === edited.id) return edited;
              return edited.isDefault ? { ...one, isDefault: false } : one;
            }) ?? null,
        );
        return true;
      } catch (error) {
        report(error);
        return false;
      }
    },
    [videoId, report, setItems],
  );
  const remove = useCallback(
    (captionId: string) => {
      deleteCaption({ videoId, captionId }).then(
        () => setItems((known) => known?.filter(({ id }) => id !== captionId) ?? null),
        report,
      );
    },
    [videoId, report, setItems],
  );
  return { items, adding, add, edit, remove };
};
