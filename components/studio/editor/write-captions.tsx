"use client";

import { PenLine } from "lucide-react";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Select } from "#components/ui/select.tsx";
import { beginCaption } from "#lib/api-client/captions.ts";
import { useLanguageOptions } from "../use-language-options.ts";
import { useReportError } from "../use-report-error.ts";

/** Begins captions without a file: asks for their language, then opens the editor. */
export const WriteCaptions = ({ videoId, spoken }: { videoId: string; spoken: string | null }) => {
  const t = useTranslations("caption-editor");
  const locale = useLocale();
  const router = useRouter();
  const report = useReportError();
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const [language, setLanguage] = useState(spoken ?? locale);
  const options = useLanguageOptions(language);
  const begin = async () => {
    setBusy(true);
    try {
      const { id } = await beginCaption({ videoId, language });
      router.push(`/studio/videos/${videoId}/captions/${id}`);
    } catch (error) {
      report(error);
      setBusy(false);
    }
  };
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <PenLine aria-hidden strokeWidth={1.75} />
        {t("write")}
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title={t("writeTitle")}
        description={t("writeText")}
        actions={
          <Button variant="primary" busy={busy} onClick={() => void begin()}>
            {t("begin")}
          </Button>
        }
      >
        <Select value={language} options={options} onChange={setLanguage} label={t("writeTitle")} />
      </Dialog>
    </>
  );
};
