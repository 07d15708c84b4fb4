"use client";

import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { type MarkTone, StateMark } from "#components/admin/state-mark.tsx";
import { useAdminAction } from "#components/admin/use-admin-action.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { toast } from "#components/ui/toast.tsx";
import { fetchMail, retryMail } from "#lib/api-client/admin.ts";
import type { MailPageDto } from "#lib/mail/dto.ts";

type Mail = MailPageDto["items"][number];

const toneOf: Record<Mail["state"], MarkTone> = { sent: "good", queued: "quiet", held: "waits", failed: "bad" };

const Text = ({ mail, text, onClose }: { mail: Mail; text: string | null | undefined; onClose: () => void }) => {
  const t = useTranslations("admin.mails");
  return (
    <Dialog
      open={text !== undefined}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      size="large"
      title={mail.subject}
      description={t("to", { address: mail.toAddress })}
    >
      {text === null ? (
        <p className="text-14 text-muted">{t("forgotten")}</p>
      ) : (
        <pre className="font-sans text-14 whitespace-pre-wrap wrap-anywhere">{text}</pre>
      )}
    </Dialog>
  );
};

/** One mail of the outbox: to whom, what became of it, its text on demand, and sending it again. */
export const MailRow = ({ mail }: { mail: Mail }) => {
  const t = useTranslations("admin.mails");
  const common = useTranslations("common");
  const format = useFormatter();
  const { busy, run } = useAdminAction();
  const [text, setText] = useState<string | null | undefined>(undefined);
  const { id, subject } = mail;
  const read = () => {
    fetchMail(id).then(
      (found) => setText(found.text),
      () => toast({ title: common("errors.internal"), tone: "danger" }),
    );
  };
  const send = () =>
    run(async () => {
      await retryMail(id);
      return { title: t("queuedAgain", { subject }) };
    });
  return (
    <li data-id={id} className="flex flex-wrap items-start gap-x-4 gap-y-2 py-3">
      <div className="min-w-0 flex-1 basis-72">
        <p className="text-14 font-medium wrap-anywhere">{subject}</p>
        <p className="text-13 text-muted wrap-anywhere">
          {t("to", { address: mail.toAddress })} · {mail.kind}
        </p>
        {mail.lastError === null ? null : <p className="mt-1 text-13 text-danger wrap-anywhere">{mail.lastError}</p>}
      </div>
      <div className="text-14 sm:w-44">
        <StateMark tone={toneOf[mail.state]}>{t(`states.${mail.state}`)}</StateMark>
        <time dateTime={mail.createdAt} className="tabular block text-13 text-muted">
          {format.dateTime(new Date(mail.createdAt), { dateStyle: "medium", timeStyle: "short" })}
        </time>
      </div>
      <div className="flex gap-1.5 sm:w-52 sm:justify-end">
        <Button size="small" aria-label={t("readOf", { subject })} onClick={read}>
          {t("read")}
        </Button>
        {mail.state === "held" || mail.state === "failed" ? (
          <Button size="small" busy={busy} aria-label={t("sendOf", { subject })} onClick={send}>
            {t("send")}
          </Button>
        ) : null}
      </div>
      <Text mail={mail} text={text} onClose={() => setText(undefined)} />
    </li>
  );
};
