"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { FormProblem } from "#components/auth/form-problem.tsx";
import { useAccountForm } from "#components/auth/use-account-form.ts";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import { EventChoices } from "#components/webhooks/event-choices.tsx";
import { ApiError } from "#lib/api-client/api-error.ts";
import type { WebhookDto, WebhookListDto } from "#lib/webhooks/dto.ts";

/** What the form gives. */
export type WebhookValues = { url: string; events: string[]; channelId: string | null };

const account = "account";

const ScopeField = ({
  channels,
  value,
  onChange,
}: {
  channels: WebhookListDto["channels"];
  value: string;
  onChange: (value: string) => void;
}) => {
  const t = useTranslations("webhooks.form");
  return (
    <Field name="scope" label={t("scope")}>
      <Select
        value={value}
        onChange={onChange}
        options={[
          { value: account, label: t("account") },
          ...channels.map(({ id, name, handle }) => ({ value: id, label: t("channel", { name, handle }) })),
        ]}
      />
    </Field>
  );
};

/** Address, reach and events of a webhook. An existing one keeps its reach. */
export const WebhookForm = ({
  webhook,
  choices: { eventTypes, channels },
  action,
  send,
}: {
  webhook?: WebhookDto;
  choices: Pick<WebhookListDto, "eventTypes" | "channels">;
  /** What the button says. */
  action: string;
  send: (values: WebhookValues) => Promise<void>;
}) => {
  const t = useTranslations("webhooks.form");
  const [events, setEvents] = useState<string[]>(webhook?.events ?? ["video.ready", "video.failed"]);
  const [scope, setScope] = useState(account);
  const { state, form, onSubmit } = useAccountForm({
    stays: false,
    words: { conflict: t("tooMany") },
    send: async ({ url = "" }) => {
      if (events.length === 0) {
        throw new ApiError({
          ...{ code: "invalid_input", message: "No event is chosen.", status: 0 },
          fields: { events: t("noEvents") },
        });
      }
      await send({ url, events, channelId: scope === account ? null : scope });
    },
  });
  return (
    <form ref={form} onSubmit={onSubmit} noValidate className="flex flex-col gap-4">
      <FormProblem text={state.problem} />
      <Field name="url" label={t("url")} hint={t("urlHint")} error={state.fields.url}>
        <Input
          required
          type="url"
          inputMode="url"
          maxLength={2000}
          autoComplete="off"
          spellCheck={false}
          placeholder="https://example.org/kinora"
          defaultValue={webhook?.url ?? ""}
        />
      </Field>
      {webhook === undefined && channels.length > 0 ? (
        <ScopeField channels={channels} value={scope} onChange={setScope} />
      ) : null}
      <EventChoices types={eventTypes} chosen={events} onChange={setEvents} error={state.fields.events} />
      <Button type="submit" variant="primary" busy={state.busy} className="self-end">
        {action}
      </Button>
    </form>
  );
};
