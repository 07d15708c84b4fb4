import { ScrollText } from "lucide-react";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AdminPage } from "#components/admin/admin-page.tsx";
import { AuditList } from "#components/admin/audit-list.tsx";
import { FilterBar, type FilterField } from "#components/admin/filter-bar.tsx";
import { Pager } from "#components/admin/pager.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { auditQuerySchema } from "#lib/audit/dto.ts";
import { listAudit } from "#lib/audit/list-audit.ts";
import { adminGate } from "../admin-gate.ts";
import { addressOf, givenOf, queryOf, type Search } from "../asked.ts";

const path = "/admin/audit";

/** The page's title. */
export const generateMetadata = async (): Promise<Metadata> => {
  const t = await getTranslations("admin.audit");
  return { title: t("title"), robots: { index: false } };
};

/** Days of the filter are those of UTC; the last one counts whole. */
const dayMs = 24 * 3600 * 1000;
const isDay = (text: string | undefined): text is string =>
  text !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));
const withMoments = ({ from, to, ...given }: Record<string, string>): Record<string, string> => ({
  ...given,
  ...(isDay(from) ? { from: `${from}T00:00:00Z` } : {}),
  ...(isDay(to) ? { to: new Date(Date.parse(`${to}T00:00:00Z`) + dayMs).toISOString() } : {}),
});

const Filters = async ({ given }: { given: Record<string, string> }) => {
  const t = await getTranslations("admin.audit");
  // What is only reached by a link has a field as soon as it is in the address, so that it can be seen and taken back.
  const linked = (["actor", "targetType", "targetId", "address"] as const)
    .filter((name) => given[name] !== undefined)
    .map((name): FilterField => ({ kind: "text", name, label: t(`fields.${name}`), value: given[name] ?? "" }));
  return (
    <FilterBar
      label={t("filter")}
      fields={[
        { kind: "text", name: "q", label: t("fields.q"), value: given.q ?? "", placeholder: t("fields.qHint") },
        {
          ...{ kind: "text", name: "action", label: t("fields.action"), value: given.action ?? "" },
          placeholder: "account.",
        },
        ...linked,
        { kind: "date", name: "from", label: t("fields.from"), value: given.from ?? "" },
        { kind: "date", name: "to", label: t("fields.to"), value: given.to ?? "" },
      ]}
    />
  );
};

/** What was done by whom. */
export default async function AuditPage({ searchParams }: { searchParams: Search }) {
  const viewer = await adminGate();
  const given = await givenOf(searchParams);
  const query = queryOf(auditQuerySchema, withMoments(given), path);
  const [t, page] = await Promise.all([getTranslations("admin.audit"), listAudit({ viewer, query })]);
  return (
    <AdminPage title={t("title")} text={t("text")}>
      <Filters given={given} />
      {page.items.length === 0 ? (
        <EmptyState icon={<ScrollText />} title={t("none")} text={t("noneHint")} />
      ) : (
        <AuditList entries={page.items} />
      )}
      <Pager address={addressOf(path, given)} isFirst={given.cursor === undefined} nextCursor={page.nextCursor} />
    </AdminPage>
  );
}
