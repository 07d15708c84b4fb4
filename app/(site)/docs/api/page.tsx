import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Guide } from "#components/api-docs/guide.tsx";
import { scopes } from "#lib/accounts/scopes.ts";
import { listAreas, listFaults } from "#lib/web/openapi/docs/areas.ts";
import { pageOrigin } from "#lib/web/page-origin.ts";

/** The page's title. */
export const generateMetadata = async (): Promise<Metadata> => {
  const t = await getTranslations("api-docs");
  return { title: t("title"), description: t("lead") };
};

/** The guide to the API. */
export default async function ApiGuidePage() {
  return <Guide areas={listAreas()} faults={listFaults()} scopes={scopes} origin={await pageOrigin()} />;
}
