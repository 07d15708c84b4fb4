import { getTranslations } from "next-intl/server";
import { EmbedNotice } from "#components/sharing/embed-notice.tsx";

/** What there is not, and what the asker may not see, alike. */
export default async function EmbedNotFound() {
  const t = await getTranslations("sharing.embed.missing");
  return <EmbedNotice title={t("title")} text={t("text")} />;
}
