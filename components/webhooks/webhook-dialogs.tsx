"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { ConfirmDialog } from "#components/settings/confirm-dialog.tsx";
import { MadeToken } from "#components/settings/made-token.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { WebhookForm } from "#components/webhooks/webhook-form.tsx";
import type { WebhookAction } from "#components/webhooks/webhook-menu.tsx";
import { patchWebhook } from "#lib/api-client/webhooks.ts";
import type { WebhookDto, WebhookListDto } from "#lib/webhooks/dto.ts";

/** What the dialogs of a webhook need; `open` says which one is open. */
export type WebhookDialogsProps = {
  webhook: WebhookDto;
  choices: Pick<WebhookListDto, "eventTypes" | "channels">;
  open: WebhookAction | null;
  onClose: () => void;
  /** A secret that was just made. */
  secret: string | null;
  onSecretSeen: () => void;
  onRenew: () => void;
  onDelete: () => void;
};

/** Everything that is asked about one webhook. */
export const WebhookDialogs = (props: WebhookDialogsProps) => {
  const { webhook, choices, open, onClose, secret, onSecretSeen, onRenew, onDelete } = props;
  const t = useTranslations("webhooks");
  const router = useRouter();
  const close = () => onClose();
  return (
    <>
      <Dialog open={open === "edit"} onOpenChange={close} size="large" title={t("actions.edit")}>
        <WebhookForm
          webhook={webhook}
          choices={choices}
          action={t("form.save")}
          send={async ({ url, events }) => {
            await patchWebhook({ webhookId: webhook.id, patch: { url, events } });
            onClose();
            router.refresh();
          }}
        />
      </Dialog>
      <Dialog
        open={secret !== null}
        onOpenChange={onSecretSeen}
        size="large"
        title={t("secret.title")}
        description={t("secret.once")}
      >
        {secret === null ? null : <MadeToken token={secret} onDone={onSecretSeen} />}
      </Dialog>
      <ConfirmDialog
        open={open === "secret"}
        onOpenChange={close}
        title={t("secret.renewTitle")}
        text={t("secret.renewHint")}
        action={t("secret.renew")}
        onConfirm={onRenew}
      />
      <ConfirmDialog
        open={open === "delete"}
        onOpenChange={close}
        title={t("actions.deleteTitle")}
        text={t("actions.deleteHint", { host: new URL(webhook.url).host })}
        action={t("actions.delete")}
        onConfirm={onDelete}
      />
    </>
  );
};
