import { Workflow } from "lucide-react";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AdminPage } from "#components/admin/admin-page.tsx";
import { JobFilters } from "#components/admin/job-filters.tsx";
import { JobTable } from "#components/admin/job-table.tsx";
import { Pager } from "#components/admin/pager.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { adminJobQuerySchema } from "#lib/admin/dto.ts";
import { listJobs } from "#lib/admin/jobs.ts";
import { adminGate } from "../admin-gate.ts";
import { addressOf, givenOf, queryOf, readOrStart, type Search } from "../asked.ts";

const path = "/admin/jobs";

/** The page's title. */
export const generateMetadata = async (): Promise<Metadata> => {
  const t = await getTranslations("admin.jobs");
  return { title: t("title"), robots: { index: false } };
};

/** Work that waits, runs or failed. */
export default async function JobsPage({ searchParams }: { searchParams: Search }) {
  const viewer = await adminGate();
  const given = await givenOf(searchParams);
  const query = queryOf(adminJobQuerySchema, given, path);
  const [t, page] = await Promise.all([
    getTranslations("admin.jobs"),
    readOrStart(() => listJobs({ viewer, query }), path),
  ]);
  return (
    <AdminPage title={t("title")} text={t("text", { ...page.counts, workers: page.workers })}>
      {page.workers === 0 ? <p className="text-14 text-danger">{t("noWorkers")}</p> : null}
      <JobFilters given={given} kinds={page.kinds} />
      {page.items.length === 0 ? (
        <EmptyState icon={<Workflow />} title={t("none")} text={t("noneHint")} />
      ) : (
        <JobTable jobs={page.items} />
      )}
      <Pager address={addressOf(path, given)} isFirst={given.cursor === undefined} nextCursor={page.nextCursor} />
    </AdminPage>
  );
}
