import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { EndOtherSessions } from "#components/settings/end-other-sessions.tsx";
import { PasswordForm } from "#components/settings/password-form.tsx";
import { SessionList } from "#components/settings/session-list.tsx";
import { SettingsBlock, SettingsPage } from "#components/settings/settings-page.tsx";
import { listSessions } from "#lib/accounts/sessions/list-sessions.ts";
import { currentSession } from "#lib/web/current-viewer.ts";

const address = "/settings/security";
const mostShown = 100;

/** The page's title. */
export const generateMetadata = async (): Promise<Metadata> => {
  const t = await getTranslations("settings.security");
  return { title: t("title"), robots: { index: false } };
};

/** Password and sessions of the account. */
export default async function SecurityPage() {
  const session = await currentSession();
  if (session === null) redirect(`/login?next=${encodeURIComponent(address)}`);
  const { account: viewer, sessionId: currentId } = session;
  const [t, { items }] = await Promise.all([
    getTranslations("settings.security"),
    listSessions({ viewer, currentId, query: { limit: mostShown } }),
  ]);
  // This browser first: the others are what one looks for.
  const sessions = items.toSorted((one, other) => Number(other.current) - Number(one.current));
  return (
    <SettingsPage title={t("title")} text={t("text")}>
      <SettingsBlock title={t("password")} text={t("passwordText")}>
        <PasswordForm username={viewer.email} />
      </SettingsBlock>
      <SettingsBlock
        title={t("sessions")}
        text={t("sessionsText")}
        action={sessions.some(({ current }) => !current) ? <EndOtherSessions /> : undefined}
      >
        <SessionList sessions={sessions} />
      </SettingsBlock>
    </SettingsPage>
  );
}
