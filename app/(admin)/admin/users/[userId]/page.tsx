import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { AdminPage } from "#components/admin/admin-page.tsx";
import { AuditList } from "#components/admin/audit-list.tsx";
import { UserFacts } from "#components/admin/user-facts.tsx";
import { UserLimits } from "#components/admin/user-limits.tsx";
import { DropSecondFactor, EndSessions, UserRole, UserStanding } from "#components/admin/user-standing.tsx";
import { SettingsBlock } from "#components/settings/settings-page.tsx";
import { buttonClass } from "#components/ui/button.tsx";
import { DayRange } from "#components/usage/day-range.tsx";
import { DeliveryChart } from "#components/usage/delivery-chart.tsx";
import { LimitLine } from "#components/usage/limit-line.tsx";
import { StorageBar } from "#components/usage/storage-bar.tsx";
import type { Account } from "#lib/accounts/viewer.ts";
import type { AdminUser } from "#lib/admin/dto.ts";
import { getUser } from "#lib/admin/users.ts";
import { auditQuerySchema } from "#lib/audit/dto.ts";
import { listAudit } from "#lib/audit/list-audit.ts";
import { AppError } from "#lib/errors.ts";
import { idSchema } from "#lib/ids.ts";
import { getLimits } from "#lib/usage/admin-limits.ts";
import { getUsageOf } from "#lib/usage/get-usage.ts";
import { adminGate } from "../../admin-gate.ts";
import type { Search } from "../../asked.ts";

type Props = { params: Promise<{ userId: string }>; searchParams: Search };

/** The page's title. */
export const generateMetadata = async (): Promise<Metadata> => {
  const t = await getTranslations("admin.user");
  return { title: t("title"), robots: { index: false } };
};

const userOf = async (viewer: Account, userId: string): Promise<AdminUser> => {
  if (!idSchema.safeParse(userId).success) notFound();
  return getUser({ viewer, userId }).catch((error: unknown) => {
    if (error instanceof AppError && error.code === "not_found") notFound();
    throw error;
  });
};

const Usage = async ({ viewer, userId, days }: { viewer: Account; userId: string; days: 30 | 90 }) => {
  const [{ stored, uploads, delivery }, t] = await Promise.all([
    getUsageOf({ viewer, userId, days }),
    getTranslations("usage"),
  ]);
  return (
    <SettingsBlock title={t("title")} action={<DayRange days={days} path={`/admin/users/${userId}`} />}>
      <StorageBar stored={stored} own={false} />
      <LimitLine label={t("limits.today")} used={uploads.todayBytes} limit={uploads.dailyLimitBytes} />
      <LimitLine label={t("limits.month")} used={delivery.monthBytes} limit={delivery.monthlyLimitBytes} />
      <DeliveryChart days={delivery.days} />
    </SettingsBlock>
  );
};

const Trail = async ({ viewer, userId }: { viewer: Account; userId: string }) => {
  const [t, about, by] = await Promise.all([
    getTranslations("admin.user.trail"),
    listAudit({ viewer, query: auditQuerySchema.parse({ targetType: "user", targetId: userId, limit: 5 }) }),
    listAudit({ viewer, query: auditQuerySchema.parse({ actor: userId, limit: 5 }) }),
  ]);
  const seen = new Map([...about.items, ...by.items].map((entry) => [entry.id, entry]));
  const entries = [...seen.values()].sort((one, other) => (one.id < other.id ? 1 : -1)).slice(0, 8);
  const links = (
    <div className="flex flex-wrap gap-2">
      <Link href={`/admin/audit?targetType=user&targetId=${userId}`} className={buttonClass({ size: "small" })}>
        {t("about")}
      </Link>
      <Link href={`/admin/audit?actor=${userId}`} className={buttonClass({ size: "small" })}>
        {t("by")}
      </Link>
    </div>
  );
  return (
    <SettingsBlock title={t("title")} action={links}>
      {entries.length === 0 ? <p className="text-14 text-muted">{t("none")}</p> : <AuditList entries={entries} />}
    </SettingsBlock>
  );
};

/** One account: who it is, what it may, what it uses, and what was done. */
export default async function UserPage({ params, searchParams }: Props) {
  const viewer = await adminGate();
  const [{ userId }, search] = await Promise.all([params, searchParams]);
  const user = await userOf(viewer, userId);
  const [t, limits] = await Promise.all([getTranslations("admin.user"), getLimits({ viewer, userId })]);
  return (
    <AdminPage title={user.displayName} text={`@${user.username}`} aside={<UserStanding user={user} />}>
      <UserFacts user={user} />
      <div className="grid gap-10 border-t border-line pt-6 xl:grid-cols-2">
        <div className="flex min-w-0 flex-col gap-10">
          <SettingsBlock title={t("role.label")} text={t("role.text")}>
            <UserRole user={user} />
          </SettingsBlock>
          <SettingsBlock
            title={t("sessions.title")}
            text={t("sessions.text", { sessions: user.sessions, tokens: user.apiTokens })}
            action={user.sessions + user.apiTokens === 0 ? undefined : <EndSessions user={user} />}
          >
            {null}
          </SettingsBlock>
          {user.secondFactor && user.id !== viewer.id ? (
            <SettingsBlock
              title={t("secondFactor.title")}
              text={t("secondFactor.text")}
              action={<DropSecondFactor user={user} />}
            >
              {null}
            </SettingsBlock>
          ) : null}
          <SettingsBlock title={t("limits.title")} text={t("limits.text")}>
            <UserLimits key={JSON.stringify(limits)} userId={userId} limits={limits} />
          </SettingsBlock>
        </div>
        <div className="flex min-w-0 flex-col gap-10">
          <Usage viewer={viewer} userId={userId} days={search.days === "90" ? 90 : 30} />
        </div>
      </div>
      <div className="border-t border-line pt-6">
        <Trail viewer={viewer} userId={userId} />
      </div>
    </AdminPage>
  );
}
