import Link from "next/link";
import { useTranslations } from "next-intl";
import { When } from "#components/admin/when.tsx";
import type { AuditEntryDto } from "#lib/audit/dto.ts";

const textOf = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));

const Change = ({ before, after }: Pick<AuditEntryDto, "before" | "after">) => {
  const t = useTranslations("admin.audit");
  const fields = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  const changed = fields.filter((field) => JSON.stringify(before?.[field]) !== JSON.stringify(after?.[field]));
  if (changed.length === 0) return null;
  return (
    <dl className="mt-1 flex flex-col gap-0.5 text-13">
      {changed.map((field) => (
        <div key={field} className="flex flex-wrap gap-x-2">
          <dt className="text-muted">{field}</dt>
          <dd className="min-w-0 wrap-anywhere">
            <del className="text-muted no-underline">
              <span className="sr-only">{t("was")} </span>
              {before?.[field] === undefined ? "—" : textOf(before[field])}
            </del>
            <span aria-hidden> → </span>
            <ins className="no-underline">
              <span className="sr-only">{t("became")} </span>
              {after?.[field] === undefined ? "—" : textOf(after[field])}
            </ins>
          </dd>
        </div>
      ))}
    </dl>
  );
};

const Details = ({ details }: Pick<AuditEntryDto, "details">) => {
  const shown = Object.entries(details).filter(([, value]) => value !== null && textOf(value) !== "");
  if (shown.length === 0) return null;
  return (
    <p className="mt-1 text-13 text-muted wrap-anywhere">
      {shown.map(([name, value]) => `${name}: ${textOf(value)}`).join(" · ")}
    </p>
  );
};

const Target = ({ entry }: { entry: AuditEntryDto }) => (
  <Link
    href={`/admin/audit?${new URLSearchParams({ targetType: entry.targetType, targetId: entry.targetId })}`}
    className="text-muted hover:text-ink hover:underline"
  >
    {entry.targetType} <span className="font-mono text-12 wrap-anywhere">{entry.targetId}</span>
  </Link>
);

const Actor = ({ entry }: { entry: AuditEntryDto }) => {
  const t = useTranslations("admin.audit");
  if (entry.actor === null) return <span className="text-muted">{t("system")}</span>;
  return (
    <Link href={`/admin/audit?actor=${entry.actor.id}`} className="hover:underline">
      {entry.actor.username === null ? t("goneAccount") : `@${entry.actor.username}`}
    </Link>
  );
};

/** Entries of the audit log, newest first. Every fact is a link to the entries that share it. */
export const AuditList = ({ entries }: { entries: readonly AuditEntryDto[] }) => {
  const t = useTranslations("admin.audit");
  return (
    <ol className="divide-y divide-line border-y border-line">
      {entries.map((entry) => (
        <li
          key={entry.id}
          data-action={entry.action}
          className="grid gap-x-6 gap-y-1 py-3 text-14 md:grid-cols-[11rem_1fr]"
        >
          <div className="text-13 text-muted">
            <When at={entry.createdAt} />
            {entry.address === null ? null : (
              <Link
                href={`/admin/audit?address=${encodeURIComponent(entry.address)}`}
                className="tabular block w-fit hover:text-ink hover:underline"
                title={entry.requestId === null ? undefined : t("request", { id: entry.requestId })}
              >
                {entry.address}
              </Link>
            )}
          </div>
          <div className="min-w-0">
            <p className="flex flex-wrap gap-x-3 gap-y-0.5">
              <Link
                href={`/admin/audit?action=${encodeURIComponent(entry.action)}`}
                className="font-medium hover:underline"
              >
                {entry.action}
              </Link>
              <Actor entry={entry} />
              <Target entry={entry} />
            </p>
            <Change before={entry.before} after={entry.after} />
            <Details details={entry.details} />
          </div>
        </li>
      ))}
    </ol>
  );
};
