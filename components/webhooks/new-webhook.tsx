"use client";

import { Plus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { MadeToken } from "#components/settings/made-token.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { WebhookForm } from "#components/webhooks/webhook-form.tsx";
import { createWebhook } from "#lib/api-client/webhooks.ts";
import type { WebhookListDto } from "#lib/webhooks/dto.ts";

/** A button that opens the form for a new webhook, and then shows its secret, once. */
export const NewWebhook = ({ choices }: { choices: Pick<WebhookListDto, "eventTypes" | "channels"> }) => {
  const t = useTranslations("webhooks");
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  const show = (next: boolean) => {
    setOpen(next);
    // A closed dialog forgets the secret: nothing shows it a second time.
    if (!next) setSecret(null);
  };
  return (
    <>
      <Button variant="primary" onClick={() => show(true)}>
        <Plus aria-hidden strokeWidth={1.75} />
        {t("add")}
      </Button>
      <Dialog
        open={open}
        onOpenChange={show}
        size="large"
        title={secret === null ? t("add") : t("secret.title")}
        {...(secret === null ? {} : { description: t("secret.once") })}
      >
        {secret === null ? (
          <WebhookForm
            choices={choices}
            action={t("form.create")}
            send={async (values) => {
              setSecret((await createWebhook(values)).secret);
              router.refresh();
            }}
          />
        ) : (
          <MadeToken token={secret} onDone={() => show(false)} />
        )}
      </Dialog>
    </>
  );
};
