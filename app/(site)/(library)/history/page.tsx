import { History } from "lucide-react";
import type { Metadata } from "next";
import { getFormatter, getLocale, getTranslations } from "next-intl/server";
import { HistoryList } from "#components/library/history-list.tsx";
import { HistoryTools } from "#components/library/history-tools.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { listHistory } from "#lib/library/history.ts";
import { signedInFor } from "../library-gate.ts";
import { LibraryPage } from "../library-page.tsx";

/** The page's title. */
export const generateMetadata = async (): Promise<Metadata> => {
  const t = await getTranslations("library");
  return { title: t("history"), robots: { index: false } };
};

/** What one watched, with pause and clear. */
export default async function HistoryPage() {
  const viewer = await signedInFor("/history");
  const [t, format, locale] = await Promise.all([getTranslations("library"), getFormatter(), getLocale()]);
  const first = await listHistory({ viewer, query: { limit: 30 }, locale: locale === "uk" ? "uk" : "en" });
  const { pausedAt } = first;
  const paused = pausedAt !== null;
  const note = paused
    ? t("past.paused", { date: format.dateTime(new Date(pausedAt), { dateStyle: "long" }) })
    : undefined;
  return (
    <LibraryPage
      narrow
      title={t("history")}
      note={note}
      tools={<HistoryTools paused={paused} empty={first.items.length === 0} />}
    >
      {first.items.length === 0 ? (
        <EmptyState
          icon={<History strokeWidth={1.5} />}
          title={t(paused ? "past.pausedEmpty" : "past.empty")}
          text={t(paused ? "past.pausedText" : "past.emptyText")}
        />
      ) : (
        <HistoryList key={first.items[0]?.watchedAt} first={first} />
      )}
    </LibraryPage>
  );
}
