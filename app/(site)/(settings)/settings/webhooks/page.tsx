import { Webhook } from "lucide-react";
import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { SettingsPage } from "#components/settings/settings-page.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { NewWebhook } from "#components/webhooks/new-webhook.tsx";
import { WebhookRow } from "#components/webhooks/webhook-row.tsx";
import { chooseLocale } from "#lib/i18n/locale.ts";
import { listWebhooks } from "#lib/webhooks/read-webhooks.ts";
import { accountGate } from "../account-gate.ts";

/** The page's title. */
export const generateMetadata = async (): Promise<Metadata> => {
  const t = await getTranslations("webhooks");
  return { title: t("title"), robots: { index: false } };
};

/** Webhooks of the account and of its channels. */
export default async function WebhooksPage() {
  const viewer = await accountGate("/settings/webhooks");
  const locale = chooseLocale({ cookie: await getLocale() });
  const [t, { items, ...choices }] = await Promise.all([getTranslations("webhooks"), listWebhooks({ viewer, locale })]);
  return (
    <SettingsPage
      title={t("title")}
      text={t("intro")}
      action={items.length === 0 ? undefined : <NewWebhook choices={choices} />}
    >
      {items.length === 0 ? (
        <EmptyState
          icon={<Webhook />}
          title={t("empty.title")}
          text={t("empty.hint")}
          action={<NewWebhook choices={choices} />}
        />
      ) : (
        <ul className="divide-y divide-line border-y border-line">
          {items.map((webhook) => (
            <WebhookRow key={webhook.id} webhook={webhook} choices={choices} />
          ))}
        </ul>
      )}
    </SettingsPage>
  );
}
