import { Compass } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { buttonClass } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { currentViewer } from "#lib/web/identity/current-viewer.ts";
import { SiteShell } from "./(site)/site-shell.tsx";

/** The title of every address that leads nowhere. */
export const generateMetadata = async (): Promise<Metadata> => {
  const t = await getTranslations("site.notFound");
  return { title: t("title"), robots: { index: false } };
};

/** What there is not, and what the asker may not see: the same page, so that nothing is given away. */
export default async function NotFound() {
  const [t, common, viewer] = await Promise.all([
    getTranslations("site.notFound"),
    getTranslations("common"),
    currentViewer(),
  ]);
  return (
    <SiteShell rail="none">
      <EmptyState
        heading="h1"
        icon={<Compass strokeWidth={1.5} />}
        title={t("title")}
        text={t("text")}
        action={
          <>
            <Link href="/" className={buttonClass({ variant: "primary" })}>
              {t("home")}
            </Link>
            {viewer === null ? (
              <Link href="/login" className={buttonClass()}>
                {common("signIn")}
              </Link>
            ) : null}
          </>
        }
      />
    </SiteShell>
  );
}
