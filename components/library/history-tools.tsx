"use client";

import { CirclePause, CirclePlay } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ConfirmButton } from "#components/channels/confirm-button.tsx";
import { Button } from "#components/ui/button.tsx";
import { toast } from "#components/ui/toast.tsx";
import { forgetHistory, setHistoryPaused } from "#lib/api-client/library.ts";

/** Pauses the history and lets it go on; clears it after a question. */
export const HistoryTools = ({ paused, empty }: { paused: boolean; empty: boolean }) => {
  const [t, router] = [useTranslations("library"), useRouter()];
  const [busy, setBusy] = useState(false);
  const perform = async (deed: () => Promise<unknown>, done: string) => {
    setBusy(true);
    try {
      await deed();
      toast({ title: done });
      router.refresh();
    } catch {
      toast({ tone: "danger", title: t("failed") });
    } finally {
      setBusy(false);
    }
  };
  const Icon = paused ? CirclePlay : CirclePause;
  return (
    <div className="flex flex-wrap gap-2">
      <Button
        busy={busy}
        onClick={() =>
          void perform(() => setHistoryPaused(!paused), t(paused ? "past.resumedDone" : "past.pausedDone"))
        }
      >
        <Icon aria-hidden strokeWidth={1.75} />
        {t(paused ? "past.resume" : "past.pause")}
      </Button>
      {empty ? null : (
        <ConfirmButton
          label={t("past.clear")}
          title={t("past.clearTitle")}
          text={t("past.clearText")}
          busy={busy}
          onConfirm={() => perform(() => forgetHistory(null), t("past.cleared"))}
        />
      )}
    </div>
  );
};
