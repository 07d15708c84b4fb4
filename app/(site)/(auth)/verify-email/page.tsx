import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { AuthNotice } from "#components/auth/auth-notice.tsx";
import { ConfirmAddress } from "#components/auth/confirm-address.tsx";
import { SendAgain } from "#components/auth/send-again.tsx";
import { buttonClass } from "#components/ui/button.tsx";
import { lookAtLink } from "#lib/accounts/look-at-link.ts";
import type { Account, Viewer } from "#lib/accounts/viewer.ts";
import { currentViewer } from "#lib/web/identity/current-viewer.ts";
import { oneParameter, type SearchParams } from "../one-parameter.ts";

/** The page's title; the address holds a secret, so it goes nowhere. */
export const generateMetadata = async (): Promise<Metadata> => {
  const t = await getTranslations("account-mails.verify");
  return { title: t("title"), robots: { index: false }, referrer: "no-referrer" };
};

/** Nothing to do any more, or a mail to be sent again; `dead` when a link led here that does not work. */
const OwnAddress = async ({ viewer, dead }: { viewer: Account; dead: boolean }) => {
  const t = await getTranslations("account-mails");
  const { email, emailVerifiedAt } = viewer;
  if (emailVerifiedAt !== null) {
    return (
      <AuthNotice title={t("verify.doneTitle")} text={t("verify.doneText")}>
        <Link href="/" className={buttonClass({ variant: "primary" })}>
          {t("goOn")}
        </Link>
      </AuthNotice>
    );
  }
  return (
    <AuthNotice
      title={t(dead ? "verify.deadTitle" : "verify.openTitle")}
      text={dead ? t("verify.deadText") : t("verify.openText", { email })}
    >
      <SendAgain email={email} />
    </AuthNotice>
  );
};

const DeadLink = async () => {
  const t = await getTranslations("account-mails");
  return (
    <AuthNotice title={t("verify.deadTitle")} text={`${t("verify.deadText")} ${t("verify.deadSignIn")}`}>
      <Link
        href={`/login?${new URLSearchParams({ next: "/verify-email" })}`}
        className={buttonClass({ variant: "primary" })}
      >
        {t("signIn")}
      </Link>
    </AuthNotice>
  );
};

const Verify = async ({ viewer, token }: { viewer: Viewer; token: string }) => {
  const [link, t] = await Promise.all([
    lookAtLink({ viewer, token, purpose: "verify_email" }),
    getTranslations("account-mails"),
  ]);
  if (link.state === "good") {
    return <ConfirmAddress kind="verify" token={token} email={link.email} signedIn={viewer !== null} />;
  }
  if (viewer === null) return <DeadLink />;
  if (link.state === "dead") return <OwnAddress viewer={viewer} dead />;
  return (
    <AuthNotice title={t("verify.elsewhereTitle")} text={t("verify.elsewhereText", { email: viewer.email })}>
      <Link href="/" className={buttonClass()}>
        {t("home")}
      </Link>
    </AuthNotice>
  );
};

const Change = async ({ viewer, token }: { viewer: Account; token: string }) => {
  const [link, t] = await Promise.all([
    lookAtLink({ viewer, token, purpose: "change_email" }),
    getTranslations("account-mails.change"),
  ]);
  if (link.state === "good") return <ConfirmAddress kind="change" token={token} email={link.email} signedIn />;
  return (
    <AuthNotice title={t("deadTitle")} text={t("deadText")}>
      <Link href="/settings/security" className={buttonClass({ variant: "primary" })}>
        {t("settings")}
      </Link>
    </AuthNotice>
  );
};

/**
 * Where a mail's link leads: confirms the account's address, signed in or not, or, with `change`, gives a signed-in account
 * the new one. Opening it changes nothing by itself, because mail scanners open every address.
 */
export default async function VerifyEmailPage({ searchParams }: { searchParams: SearchParams }) {
  const [viewer, token, change] = await Promise.all([
    currentViewer(),
    oneParameter(searchParams, "token"),
    oneParameter(searchParams, "change"),
  ]);
  if (token !== null && change === null) return <Verify viewer={viewer} token={token} />;
  if (viewer === null) {
    const here = token === null ? "/verify-email" : `/verify-email?${new URLSearchParams({ change: "1", token })}`;
    redirect(`/login?${new URLSearchParams({ next: here })}`);
  }
  return token === null ? <OwnAddress viewer={viewer} dead={false} /> : <Change viewer={viewer} token={token} />;
}
