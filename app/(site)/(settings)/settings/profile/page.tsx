import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { ProfileForm } from "#components/settings/profile-form.tsx";
import { ProfilePicture } from "#components/settings/profile-picture.tsx";
import { SettingsBlock, SettingsPage } from "#components/settings/settings-page.tsx";
import { getAvatar } from "#lib/accounts/avatar/get-avatar.ts";
import { getMe } from "#lib/accounts/me.ts";
import { chooseLocale } from "#lib/i18n/locale.ts";
import { accountGate } from "../account-gate.ts";

/** The page's title. */
export const generateMetadata = async (): Promise<Metadata> => {
  const t = await getTranslations("settings.profile");
  return { title: t("title"), robots: { index: false } };
};

/** Picture, name, bio and language of the account. */
export default async function ProfilePage() {
  const viewer = await accountGate("/settings/profile");
  const [account, avatar, t, words] = await Promise.all([
    getMe(viewer),
    getAvatar({ viewer, locale: chooseLocale({ cookie: await getLocale() }) }),
    getTranslations("settings.profile"),
    getTranslations("avatars"),
  ]);
  return (
    <SettingsPage title={t("title")} text={t("text")}>
      <SettingsBlock title={words("picture")}>
        <ProfilePicture name={account.displayName} avatar={avatar} />
      </SettingsBlock>
      <SettingsBlock title={t("about")} text={t("signedInAs", { email: account.email, username: account.username })}>
        <ProfileForm displayName={account.displayName} bio={account.bio} locale={account.locale} />
      </SettingsBlock>
    </SettingsPage>
  );
}
