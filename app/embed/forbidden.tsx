import { getTranslations } from "next-intl/server";
import { EmbedNotice } from "#components/sharing/embed-notice.tsx";

/** An address whose token opens nothing (any more). */
export default async function EmbedForbidden() {
  const t = await getTranslations("sharing.refused");
  return <EmbedNotice title={t("title")} text={t("text")} />;
}
