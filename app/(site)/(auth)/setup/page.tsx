import { Link2Off } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { AuthPanel } from "#components/auth/auth-panel.tsx";
import { SignUpForm } from "#components/auth/sign-up-form.tsx";
import { buttonClass } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** Title of the set-up page; its address holds a secret, so it goes nowhere. */
export const generateMetadata = async (): Promise<Metadata> => {
  const t = await getTranslations("auth");
  return { title: t("setupTitle"), robots: { index: false }, referrer: "no-referrer" };
};

/** The first admin's account, made with the one-time link that the first start printed. */
export default async function SetupPage({ searchParams }: Props) {
  const [{ token }, t] = await Promise.all([searchParams, getTranslations("auth")]);
  if (typeof token !== "string" || token === "") {
    return (
      <EmptyState
        heading="h1"
        icon={<Link2Off strokeWidth={1.5} />}
        title={t("setupInvalidTitle")}
        text={t("setupInvalidText")}
        action={
          <Link href="/login" className={buttonClass({ variant: "primary" })}>
            {t("signIn")}
          </Link>
        }
      />
    );
  }
  return (
    <AuthPanel title={t("setupTitle")} text={t("setupText")}>
      <SignUpForm setupToken={token} next="/studio" />
    </AuthPanel>
  );
}
