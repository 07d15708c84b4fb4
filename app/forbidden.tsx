import { LockKeyhole } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { buttonClass } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { SiteShell } from "./(site)/site-shell.tsx";

/** The title of an address that was taken back or has expired. */
export const generateMetadata = async (): Promise<Metadata> => {
  const t = await getTranslations("sharing.refused");
  return { title: t("title"), robots: { index: false } };
};

/** An address with a token that opens nothing (any more). */
export default async function Forbidden() {
  const t = await getTranslations("sharing.refused");
  return (
    <SiteShell rail="none">
      <EmptyState
        heading="h1"
        icon={<LockKeyhole strokeWidth={1.5} />}
        title={t("title")}
        text={t("text")}
        action={
          <Link href="/" className={buttonClass({ variant: "primary" })}>
            {t("home")}
          </Link>
        }
      />
    </SiteShell>
  );
}
