"use client";

import { Webhook } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { useSettingsAction } from "#components/settings/use-settings-action.ts";
import { Button } from "#components/ui/button.tsx";
import { classNames } from "#components/ui/class-names.ts";
import { DeliveryLog } from "#components/webhooks/delivery-log.tsx";
import { useEventName } from "#components/webhooks/use-event-name.ts";
import { type TestResult, useTest } from "#components/webhooks/use-test.ts";
import { WebhookDialogs } from "#components/webhooks/webhook-dialogs.tsx";
import { type WebhookAction, WebhookMenu } from "#components/webhooks/webhook-menu.tsx";
import { deleteWebhook, patchWebhook, renewWebhookSecret } from "#lib/api-client/webhooks.ts";
import type { WebhookDto, WebhookListDto } from "#lib/webhooks/dto.ts";

type Choices = Pick<WebhookListDto, "eventTypes" | "channels">;

/** Whether it is on, and if not or not well, why. */
const State = ({ webhook }: { webhook: WebhookDto }) => {
  const t = useTranslations("webhooks.states");
  const format = useFormatter();
  const { state, disabledReason, failingSince } = webhook;
  const failing = state === "active" && failingSince !== null;
  const date =
    failingSince === null ? "" : format.dateTime(new Date(failingSince), { dateStyle: "medium", timeStyle: "short" });
  const why =
    state === "disabled"
      ? (disabledReason?.message ?? t("disabledByOwner"))
      : failing
        ? t("failingSince", { date })
        : null;
  const tone = state === "disabled" ? "text-danger" : failing ? "text-warning" : "text-success";
  return (
    <p className="text-13 text-pretty text-muted">
      <span className={classNames("font-medium", tone)}>{t(failing ? "failing" : state)}</span>
      {why === null ? null : ` · ${why}`}
    </p>
  );
};

const Head = ({ webhook, choices }: { webhook: WebhookDto; choices: Choices }) => {
  const t = useTranslations("webhooks.form");
  const nameOf = useEventName();
  const channel = choices.channels.find(({ id }) => id === webhook.channelId);
  return (
    <div className="min-w-0 flex-1">
      <p className="text-15 font-medium break-all">{webhook.url}</p>
      <State webhook={webhook} />
      {channel === undefined ? null : <p className="text-13 text-muted">{t("channel", channel)}</p>}
      <p className="mt-1.5 flex flex-wrap gap-1.5">
        {webhook.events.map((type) => (
          <span key={type} className="rounded-xs bg-raised px-1.5 py-0.5 text-12 text-muted">
            {nameOf(type)}
          </span>
        ))}
      </p>
    </div>
  );
};

const toneOf = { good: "text-success", bad: "text-danger", plain: "text-muted" } as const;

const Told = ({ result }: { result: TestResult | null }) => (
  <p role="status" className={classNames("mt-2 text-13 text-pretty empty:hidden", toneOf[result?.tone ?? "plain"])}>
    {result?.text}
  </p>
);

const useActions = (webhook: WebhookDto) => {
  const t = useTranslations("webhooks.done");
  const { busy, run } = useSettingsAction();
  const [secret, setSecret] = useState<string | null>(null);
  const of = { webhookId: webhook.id };
  const switchTo = (state: WebhookDto["state"]) =>
    run(async () => {
      await patchWebhook({ ...of, patch: { state } });
      return t(state);
    });
  const renew = () =>
    run(async () => {
      setSecret((await renewWebhookSecret(of)).secret);
      return t("renewed");
    });
  const remove = () =>
    run(async () => {
      await deleteWebhook(of);
      return t("deleted");
    });
  return { busy, secret, forget: () => setSecret(null), switchTo, renew, remove };
};

/** One webhook: where it leads, how it fares, a test, its log, and what else can be done with it. */
export const WebhookRow = ({ webhook, choices }: { webhook: WebhookDto; choices: Choices }) => {
  const t = useTranslations("webhooks");
  const [asked, setAsked] = useState<WebhookAction | null>(null);
  const [logOpen, setLogOpen] = useState(false);
  const [version, setVersion] = useState(0);
  const actions = useActions(webhook);
  const test = useTest(webhook, () => setVersion((before) => before + 1));
  const active = webhook.state === "active";
  const turn = () => actions.switchTo(active ? "disabled" : "active");
  return (
    <li className="py-4">
      <div className="flex items-start gap-4">
        <Webhook aria-hidden size={20} strokeWidth={1.75} className="mt-px shrink-0 text-muted max-sm:hidden" />
        <Head webhook={webhook} choices={choices} />
        <WebhookMenu active={active} onChoose={(action) => (action === "switch" ? turn() : setAsked(action))} />
      </div>
      <div className="mt-3 flex flex-wrap gap-2 sm:pl-9">
        {active ? null : (
          <Button size="small" variant="primary" busy={actions.busy} onClick={turn}>
            {t("states.enable")}
          </Button>
        )}
        <Button size="small" busy={test.busy} onClick={test.run}>
          {test.busy ? t("actions.testing") : t("actions.test")}
        </Button>
        <Button size="small" variant="ghost" aria-expanded={logOpen} onClick={() => setLogOpen(!logOpen)}>
          {t("log.show")}
        </Button>
      </div>
      <div className="sm:pl-9">
        <Told result={test.result} />
        {logOpen ? <DeliveryLog webhook={webhook} version={version} /> : null}
      </div>
      <WebhookDialogs
        {...{ webhook, choices, open: asked, onClose: () => setAsked(null) }}
        {...{ secret: actions.secret, onSecretSeen: actions.forget, onRenew: actions.renew, onDelete: actions.remove }}
      />
    </li>
  );
};
