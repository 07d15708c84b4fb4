import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AdminPage } from "#components/admin/admin-page.tsx";
import { AuditList } from "#components/admin/audit-list.tsx";
import { NeedsAction, Totals } from "#components/admin/overview-numbers.tsx";
import { SettingsBlock } from "#components/settings/settings-page.tsx";
import { getOverview } from "#lib/admin/overview.ts";
import { auditQuerySchema } from "#lib/audit/dto.ts";
import { listAudit } from "#lib/audit/list-audit.ts";
import { adminGate } from "./admin-gate.ts";

/** The page's title. */
export const generateMetadata = async (): Promise<Metadata> => {
  const t = await getTranslations("admin");
  return { title: t("title"), robots: { index: false } };
};

/** What needs an admin first, then how much there is of everything, then what admins did last. */
export default async function AdminOverviewPage() {
  const viewer = await adminGate();
  const [t, overview, recent] = await Promise.all([
    getTranslations("admin.overview"),
    getOverview(viewer),
    listAudit({ viewer, query: auditQuerySchema.parse({ limit: 8 }) }),
  ]);
  return (
    <AdminPage title={t("title")}>
      <section aria-label={t("action")}>
        <NeedsAction needs={overview.needsAction} />
      </section>
      <div className="flex flex-col gap-10">
        <SettingsBlock title={t("instance")}>
          <div>
            <Totals overview={overview} />
          </div>
        </SettingsBlock>
        <SettingsBlock title={t("recent")}>
          {recent.items.length === 0 ? (
            <p className="text-14 text-muted">{t("nothing")}</p>
          ) : (
            <AuditList entries={recent.items} />
          )}
        </SettingsBlock>
      </div>
    </AdminPage>
  );
}
