"use client";

import { RotateCcw } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useAdminAction } from "#components/admin/use-admin-action.ts";
import { ConfirmDialog } from "#components/settings/confirm-dialog.tsx";
import { Button } from "#components/ui/button.tsx";
import type { AdminJob } from "#lib/admin/dto.ts";
import { changeJob } from "#lib/api-client/admin.ts";

/** Has failed work tried again, and cancels what can be. */
export const JobActions = ({ job, name }: { job: AdminJob; name: string }) => {
  const t = useTranslations("admin.jobs");
  const { busy, run } = useAdminAction();
  const [asking, setAsking] = useState(false);
  const change = (what: "retry" | "cancel") =>
    run(async () => {
      await changeJob(job.id, what);
      return { title: t(what === "retry" ? "retried" : "cancelled", { name }) };
    });
  return (
    <span className="inline-flex flex-wrap justify-end gap-1.5">
      {job.retryable ? (
        <Button size="small" busy={busy} aria-label={t("retryOf", { name })} onClick={() => change("retry")}>
          <RotateCcw aria-hidden strokeWidth={1.75} />
          {/* Beside a long title a phone has no room for the words; the label says them. */}
          <span className="max-sm:hidden">{t("retry")}</span>
        </Button>
      ) : null}
      {job.cancellable ? (
        <Button
          size="small"
          variant="ghost"
          busy={busy}
          aria-label={t("cancelOf", { name })}
          onClick={() => setAsking(true)}
        >
          {t("cancel")}
        </Button>
      ) : null}
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={t("confirm.title")}
        text={t("confirm.text", { name })}
        action={t("confirm.action")}
        onConfirm={() => change("cancel")}
      />
    </span>
  );
};
