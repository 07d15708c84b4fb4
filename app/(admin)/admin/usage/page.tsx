import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { AdminPage } from "#components/admin/admin-page.tsx";
import { StoredChart } from "#components/admin/stored-chart.tsx";
import { TopUsers } from "#components/admin/top-users.tsx";
import { SettingsBlock } from "#components/settings/settings-page.tsx";
import { DayRange } from "#components/usage/day-range.tsx";
import { DeliveryChart } from "#components/usage/delivery-chart.tsx";
import { adminUsageQuerySchema } from "#lib/admin/dto.ts";
import { getInstanceUsage } from "#lib/admin/instance-usage.ts";
import { adminGate } from "../admin-gate.ts";
import { addressOf, givenOf, queryOf, type Search } from "../asked.ts";

const path = "/admin/usage";

/** The page's title. */
export const generateMetadata = async (): Promise<Metadata> => {
  const t = await getTranslations("admin.usage");
  return { title: t("title"), robots: { index: false } };
};

const Ranking = async ({ by, given }: { by: "stored" | "delivered"; given: Record<string, string> }) => {
  const t = await getTranslations("admin.usage");
  return (
    <nav aria-label={t("rank")} className="flex gap-1">
      {(["stored", "delivered"] as const).map((value) => (
        <Link
          key={value}
          href={addressOf(path, { ...given, by: value })}
          scroll={false}
          aria-current={value === by ? "true" : undefined}
          className="flex h-9 items-center rounded-control px-3 text-14 text-muted hover:bg-raised hover:text-ink aria-[current]:bg-raised aria-[current]:font-medium aria-[current]:text-ink"
        >
          {t(value)}
        </Link>
      ))}
    </nav>
  );
};

/** What the instance stores and delivers. */
export default async function InstanceUsagePage({ searchParams }: { searchParams: Search }) {
  const viewer = await adminGate();
  const given = await givenOf(searchParams);
  const query = queryOf(adminUsageQuerySchema, given, path);
  const [t, delivery, usage] = await Promise.all([
    getTranslations("admin.usage"),
    getTranslations("usage.delivery"),
    getInstanceUsage({ viewer, query }),
  ]);
  const { days: _days, ...kept } = given;
  const days = usage.days.map(({ day, deliveredBytes: bytes, requests }) => ({ day, bytes, requests }));
  return (
    <AdminPage
      title={t("title")}
      text={t("text")}
      aside={<DayRange days={Number(query.days)} path={path} query={kept} />}
    >
      <div className="grid gap-10 xl:grid-cols-2">
        <SettingsBlock title={t("storage")}>
          <StoredChart days={usage.days} />
        </SettingsBlock>
        <div>
          <SettingsBlock title={delivery("title")}>
            <DeliveryChart days={days} />
          </SettingsBlock>
        </div>
      </div>
      {usage.topUsers.length === 0 ? null : (
        <div className="border-t border-line pt-6">
          <SettingsBlock title={t("top")} action={<Ranking by={query.by} given={given} />}>
            <TopUsers users={usage.topUsers} />
          </SettingsBlock>
        </div>
      )}
    </AdminPage>
  );
}
