import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { NewToken } from "#components/settings/new-token.tsx";
import { SettingsBlock, SettingsPage } from "#components/settings/settings-page.tsx";
import { TokenList } from "#components/settings/token-list.tsx";
import { scopes } from "#lib/accounts/scopes.ts";
import { listApiTokens } from "#lib/accounts/tokens/api-tokens.ts";
import { accountGate } from "../account-gate.ts";

/** The page's title. */
export const generateMetadata = async (): Promise<Metadata> => {
  const t = await getTranslations("settings.tokens");
  return { title: t("title"), robots: { index: false } };
};

/** API tokens of the account. */
export default async function TokensPage() {
  const viewer = await accountGate("/settings/tokens");
  const [t, { items }] = await Promise.all([getTranslations("settings.tokens"), listApiTokens(viewer)]);
  const offered = scopes.filter((scope) => viewer.role === "admin" || !scope.startsWith("admin:"));
  return (
    <SettingsPage title={t("title")} text={t("text")}>
      <SettingsBlock title={t("list")} action={<NewToken scopes={offered} />}>
        {items.length === 0 ? <p className="text-15 text-muted">{t("empty")}</p> : <TokenList tokens={items} />}
      </SettingsBlock>
    </SettingsPage>
  );
}
