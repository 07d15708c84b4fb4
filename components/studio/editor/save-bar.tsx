"use client";

import { useTranslations } from "next-intl";
import { Button } from "#components/ui/button.tsx";
import type { VideoFormState } from "./use-video-form.ts";

/** Whether all is saved, and the button that saves; stays in sight while one scrolls. */
export const SaveBar = ({ state, onSave }: { state: VideoFormState; onSave: () => void }) => {
  const t = useTranslations("studio.editor");
  const { dirty, saving, discard } = state;
  return (
    <div className="flex items-center gap-2">
      <p role="status" className="mr-1 text-13 text-muted max-sm:sr-only">
        {saving ? t("saving") : dirty ? t("unsaved") : t("saved")}
      </p>
      {dirty && !saving ? (
        <Button variant="ghost" onClick={discard}>
          {t("discard")}
        </Button>
      ) : null}
      <Button variant="primary" busy={saving} disabled={!dirty && !saving} onClick={onSave}>
        {saving ? t("saving") : t("save")}
      </Button>
    </div>
  );
};
