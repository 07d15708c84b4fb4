"use client";

import { Clapperboard, SearchX, Upload } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { UploadOptions } from "./upload-options/upload-options.tsx";

/** No video yet: a place to drop files that says what happens then. */
export const EmptyStudio = ({ onUpload }: { onUpload: () => void }) => {
  const t = useTranslations("studio.empty");
  return (
    <div className="flex flex-col items-center rounded-media border border-dashed border-faint px-6 py-16 text-center sm:py-24">
      <Upload aria-hidden size={32} strokeWidth={1.5} className="text-faint" />
      <h2 className="mt-4 text-20 font-bold">{t("title")}</h2>
      <p className="mt-1.5 max-w-md text-15 text-pretty text-muted">{t("text")}</p>
      <div className="mt-5 flex flex-wrap justify-center gap-2">
        <Button variant="primary" onClick={onUpload}>
          <Upload aria-hidden strokeWidth={1.75} />
          {t("choose")}
        </Button>
        <UploadOptions align="center" />
      </div>
      <p className="mt-4 max-w-md text-13 text-pretty text-muted">{t("hint")}</p>
    </div>
  );
};

/** No video on the channel that is shown. */
export const EmptyChannel = ({ name, onUpload }: { name: string; onUpload: () => void }) => {
  const t = useTranslations("studio.channels");
  const empty = useTranslations("studio.empty");
  return (
    <EmptyState
      icon={<Clapperboard strokeWidth={1.5} />}
      title={t("emptyTitle", { name })}
      text={t("emptyText")}
      action={
        <Button variant="primary" onClick={onUpload}>
          <Upload aria-hidden strokeWidth={1.75} />
          {empty("choose")}
        </Button>
      }
    />
  );
};

/** No title fits what was searched. */
export const NothingFound = ({ q, onClear }: { q: string; onClear: () => void }) => {
  const t = useTranslations("studio.notFound");
  return (
    <EmptyState
      icon={<SearchX strokeWidth={1.5} />}
      title={t("title")}
      text={t("text", { q })}
      action={<Button onClick={onClear}>{t("clear")}</Button>}
    />
  );
};
