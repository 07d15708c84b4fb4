import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { EmailSettings } from "#components/settings/email-settings.tsx";
import { EndOtherSessions } from "#components/settings/end-other-sessions.tsx";
import { PasswordForm } from "#components/settings/password-form.tsx";
import { SecondFactorSettings } from "#components/settings/second-factor/second-factor-settings.tsx";
import { SessionList } from "#components/settings/session-list.tsx";
import { SettingsBlock, SettingsPage } from "#components/settings/settings-page.tsx";
import { buttonClass } from "#components/ui/button.tsx";
import { listConnections } from "#lib/accounts/external/connections.ts";
import { getSecondFactor } from "#lib/accounts/second-factor/manage.ts";
import { listSessions } from "#lib/accounts/sessions/list-sessions.ts";
import type { Account } from "#lib/accounts/viewer.ts";
import { env } from "#lib/env.ts";
import { currentSession } from "#lib/web/identity/current-viewer.ts";
import { ConnectionsSection } from "./connections-section.tsx";

const address = "/settings/security";
const mostShown = 100;

/** The page's title. */
export const generateMetadata = async (): Promise<Metadata> => {
  const t = await getTranslations("settings.security");
  return { title: t("title"), robots: { index: false } };
};

/** What signs the account in: its address, password and second factor. */
const Credentials = async ({ viewer }: { viewer: Account }) => {
  const [{ hasPassword }, factor, t, mails, second] = await Promise.all([
    listConnections(viewer),
    getSecondFactor(viewer),
    getTranslations("settings.security"),
    getTranslations("account-mails.email"),
    getTranslations("second-factor"),
  ]);
  const { email, emailVerifiedAt } = viewer;
  return (
    <>
      <SettingsBlock title={mails("title")} text={mails("text", { email })}>
        <EmailSettings
          email={email}
          confirmed={emailVerifiedAt !== null}
          sendsMails={env().smtp !== null}
          changeable={hasPassword}
        />
      </SettingsBlock>
      <SettingsBlock title={t("password")} text={hasPassword ? t("passwordText") : second("needsPassword")}>
        {hasPassword ? (
          <PasswordForm username={email} />
        ) : (
          <Link href="/forgot" className={buttonClass({ className: "self-start" })}>
            {second("choosePassword")}
          </Link>
        )}
      </SettingsBlock>
      <SettingsBlock title={second("title")} text={second("text")}>
        {hasPassword ? (
          <SecondFactorSettings factor={factor} email={email} />
        ) : (
          <p className="text-14 text-muted">{second("needsPassword")}</p>
        )}
      </SettingsBlock>
    </>
  );
};

/** Address, password, second factor and sessions of the account. */
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
      <Credentials viewer={viewer} />
      <ConnectionsSection viewer={viewer} />
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
