import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { AuthNotice } from "#components/auth/auth-notice.tsx";
import { ResetPanel } from "#components/auth/reset-panel.tsx";
import { buttonClass } from "#components/ui/button.tsx";
import { lookAtLink } from "#lib/accounts/look-at-link.ts";
import { oneParameter, type SearchParams } from "../one-parameter.ts";

/** The page's title; the address holds a secret, so it goes nowhere. */
export const generateMetadata = async (): Promise<Metadata> => {
  const t = await getTranslations("account-mails.reset");
  return { title: t("title"), robots: { index: false }, referrer: "no-referrer" };
};

/** Where the link of somebody who forgot a password leads; whoever is signed in to whatever may use it. */
export default async function ResetPage({ searchParams }: { searchParams: SearchParams }) {
  const token = await oneParameter(searchParams, "token");
  const link = token === null ? null : await lookAtLink({ viewer: null, token, purpose: "reset_password" });
  if (token !== null && link?.state === "good") return <ResetPanel token={token} email={link.email} />;
  const t = await getTranslations("account-mails.reset");
  return (
    <AuthNotice title={t("deadTitle")} text={t("deadText")}>
      <Link href="/forgot" className={buttonClass({ variant: "primary" })}>
        {t("again")}
      </Link>
    </AuthNotice>
  );
}
