import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ForgotPanel } from "#components/auth/forgot-panel.tsx";
import { env } from "#lib/env.ts";

/** The page's title. */
export const generateMetadata = async (): Promise<Metadata> => {
  const t = await getTranslations("account-mails.forgot");
  return { title: t("title"), robots: { index: false } };
};

/** Ask for a link to choose another password. */
export default function ForgotPage() {
  return <ForgotPanel sendsMails={env().smtp !== null} />;
}
