import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { AuthNotice } from "#components/auth/auth-notice.tsx";
import { buttonClass } from "#components/ui/button.tsx";
import { env } from "#lib/env.ts";

/** The page's title. */
export const generateMetadata = async (): Promise<Metadata> => {
  const t = await getTranslations("account-mails.waiting");
  return { title: t("title"), robots: { index: false } };
};

/** Where whoever signed up, or signs in, comes while the account waits for an admin's approval. */
export default async function WaitingPage() {
  const t = await getTranslations("account-mails");
  const then = t(env().smtp === null ? "waiting.notMailed" : "waiting.mailed");
  return (
    <AuthNotice title={t("waiting.title")} text={`${t("waiting.text")} ${then}`}>
      <Link href="/" className={buttonClass()}>
        {t("home")}
      </Link>
    </AuthNotice>
  );
}
