import { Check, ChevronRight } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { StateMark } from "#components/admin/state-mark.tsx";
import { useSize } from "#components/admin/use-size.ts";
import { When } from "#components/admin/when.tsx";
import type { AdminOverview } from "#lib/admin/dto.ts";

type Needs = AdminOverview["needsAction"];

/** One matter that needs somebody: how much of it, what it means, and where it is dealt with. */
type Matter = { name: string; tone: "bad" | "waits"; values: Record<string, string | number>; href: string };

const counted = (name: string, count: number, rest: Pick<Matter, "tone" | "href">): Matter[] =>
  count === 0 ? [] : [{ name, values: { count }, ...rest }];

/** What needs somebody now, worst first; later features add their lines. */
const mattersOf = (needs: Needs, size: (bytes: number) => string): Matter[] => [
  ...(needs.workersMissing ? [{ name: "workersMissing", tone: "bad" as const, values: {}, href: "/admin/jobs" }] : []),
  ...(needs.diskLow && needs.diskFreeBytes !== null
    ? [
        {
          ...{ name: "diskLow", tone: "bad" as const },
          ...{ values: { size: size(needs.diskFreeBytes) }, href: "/admin/usage" },
        },
      ]
    : []),
  ...counted("failedJobs", needs.failedJobs, { tone: "bad", href: "/admin/jobs?state=failed" }),
  ...counted("accountsWaiting", needs.accountsWaiting, { tone: "waits", href: "/admin/users?status=pending" }),
  ...counted("mailsFailed", needs.mailsFailed, { tone: "bad", href: "/admin/mails?state=failed" }),
  ...counted("mailsHeld", needs.mailsHeld, { tone: "waits", href: "/admin/mails?state=held" }),
  ...counted("webhooksDisabled", needs.webhooksDisabled, { tone: "waits", href: "/admin/audit?action=webhook." }),
  ...(needs.ledger !== null && needs.ledger.differences > 0
    ? [
        {
          ...{ name: "ledger", tone: "waits" as const, href: "/admin/audit?action=usage.correct" },
          values: { count: needs.ledger.differences, size: size(needs.ledger.correctedBytes) },
        },
      ]
    : []),
];

/** What needs an admin, each with the way to it; or that nothing does. */
export const NeedsAction = ({ needs }: { needs: Needs }) => {
  const t = useTranslations("admin.overview");
  const size = useSize();
  const matters = mattersOf(needs, size);
  if (matters.length === 0) {
    return (
      <p className="flex items-center gap-2.5 border-y border-line py-4 text-15">
        <Check aria-hidden size={20} strokeWidth={1.75} className="text-success" />
        {t("calm")}
      </p>
    );
  }
  return (
    // They grow into the rest of their row: an empty place in it would look like one more matter.
    <ul className="flex flex-wrap gap-px overflow-hidden rounded-media border border-line bg-line">
      {matters.map(({ name, tone, values, href }) => (
        <li key={name} className="min-w-0 flex-1 basis-70 bg-bg">
          <Link href={href} className="group flex h-full items-start gap-3 p-4 transition-colors hover:bg-surface">
            <span className="min-w-0 flex-1">
              <span className="tabular block text-28 font-bold">
                {values.count ?? values.size ?? t(`needs.${name}.short`)}
              </span>
              <span className="mt-0.5 block text-15 font-medium">
                <StateMark tone={tone}>{t(`needs.${name}.title`, values)}</StateMark>
              </span>
              <span className="mt-1 block text-13 text-pretty text-muted">{t(`needs.${name}.text`, values)}</span>
            </span>
            <ChevronRight aria-hidden size={20} strokeWidth={1.75} className="mt-2 text-faint group-hover:text-ink" />
          </Link>
        </li>
      ))}
    </ul>
  );
};

const Total = ({ name, value, href }: { name: string; value: string | number; href: string }) => (
  <div className="relative min-w-0 py-2">
    <dt className="text-13 text-muted">
      <Link href={href} className="before:absolute before:inset-0 hover:text-ink hover:underline">
        {name}
      </Link>
    </dt>
    <dd className="tabular text-20 font-medium">{value}</dd>
  </div>
);

/** How much there is of everything. */
export const Totals = ({ overview: { totals, needsAction } }: { overview: AdminOverview }) => {
  const t = useTranslations("admin.overview.totals");
  const size = useSize();
  return (
    <>
      <dl className="grid grid-cols-2 gap-x-6 gap-y-2 sm:grid-cols-3 xl:grid-cols-5">
        <Total name={t("users")} value={totals.users} href="/admin/users" />
        <Total name={t("suspended")} value={totals.suspended} href="/admin/users?status=suspended" />
        <Total name={t("videos")} value={totals.videos} href="/admin/videos" />
        <Total name={t("takenDown")} value={totals.takenDown} href="/admin/videos?is=taken_down" />
        <Total name={t("stored")} value={size(totals.storedBytes)} href="/admin/usage" />
        <Total name={t("delivered")} value={size(totals.deliveredThisMonthBytes)} href="/admin/usage?by=delivered" />
        {needsAction.diskFreeBytes === null ? null : (
          <Total name={t("free")} value={size(needsAction.diskFreeBytes)} href="/admin/usage" />
        )}
        <Total name={t("running")} value={totals.jobsRunning} href="/admin/jobs?state=running" />
        <Total name={t("queued")} value={totals.jobsQueued} href="/admin/jobs?state=queued" />
        <Total name={t("workers")} value={totals.workers} href="/admin/jobs" />
      </dl>
      {needsAction.ledger === null ? null : (
        <p className="mt-3 text-13 text-muted">
          {t("ledger")} <When at={needsAction.ledger.at} />
        </p>
      )}
    </>
  );
};
