import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ProfileForm } from "#components/settings/profile-form.tsx";
import { SettingsBlock, SettingsPage } from "#components/settings/settings-page.tsx";
import { getMe } from "#lib/accounts/me.ts";
import { accountGate } from "../account-gate.ts";

/** The page's title. */
export const generateMetadata = async (): Promise<Metadata> => {
  const t = await getTranslations("settings.profile");
  return { title: t("title"), robots: { index: false } };
};

/** Name and language of the account. */
export default async function ProfilePage() {
  const viewer = await accountGate("/settings/profile");
  const [account, t] = await Promise.all([getMe(viewer), getTranslations("settings.profile")]);
  return (
    <SettingsPage title={t("title")} text={t("text")}>
      <SettingsBlock title={t("about")} text={t("signedInAs", { email: account.email, username: account.username })}>
        <ProfileForm displayName={account.displayName} locale={account.locale} />
      </SettingsBlock>
    </SettingsPage>
  );
}
