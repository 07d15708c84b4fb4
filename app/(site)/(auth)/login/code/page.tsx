import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AuthPanel } from "#components/auth/auth-panel.tsx";
import { PendingCodeForm } from "#components/auth/pending-code-form.tsx";
import { nextAddress } from "../../next-address.ts";
import type { SearchParams } from "../../one-parameter.ts";

/** Title of the page. */
export const generateMetadata = async (): Promise<Metadata> => {
  const t = await getTranslations("external");
  return { title: t("codeTitle"), robots: { index: false } };
};

/** The second factor of whoever has signed in at another service. */
export default async function PendingCodePage({ searchParams }: { searchParams: SearchParams }) {
  const [search, t] = await Promise.all([searchParams, getTranslations("external")]);
  return (
    <AuthPanel title={t("codeTitle")} text={t("codeText")}>
      <PendingCodeForm next={nextAddress(search.next)} />
    </AuthPanel>
  );
}
