"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { ConfirmDialog } from "#components/settings/confirm-dialog.tsx";
import { useSettingsAction } from "#components/settings/use-settings-action.ts";
import { Button } from "#components/ui/button.tsx";
import { revokeOtherSessions } from "#lib/api-client/security.ts";

/** Signs out everywhere but here, once confirmed. */
export const EndOtherSessions = () => {
  const t = useTranslations("settings.security");
  const { busy, run } = useSettingsAction();
  const [asked, setAsked] = useState(false);
  return (
    <>
      <Button variant="danger" busy={busy} onClick={() => setAsked(true)}>
        {t("endOthers")}
      </Button>
      <ConfirmDialog
        open={asked}
        onOpenChange={setAsked}
        title={t("endOthersTitle")}
        text={t("endOthersText")}
        action={t("endOthers")}
        onConfirm={() => run(async () => t("othersEnded", { count: (await revokeOtherSessions()).ended }))}
      />
    </>
  );
};
