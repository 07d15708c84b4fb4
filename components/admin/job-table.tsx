import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { AdminRow, AdminTable, Cell, RowHead } from "#components/admin/admin-table.tsx";
import { JobActions } from "#components/admin/job-actions.tsx";
import { type MarkTone, StateMark } from "#components/admin/state-mark.tsx";
import { When } from "#components/admin/when.tsx";
import type { AdminJob } from "#lib/admin/dto.ts";

const toneOf: Record<AdminJob["state"], MarkTone> = {
  failed: "bad",
  running: "good",
  queued: "waits",
  scheduled: "quiet",
};

/** What a kind of work is called; a job without words of its own goes by its name. */
export const useKindName = (): ((kind: string) => string) => {
  const t = useTranslations("admin.jobs.kinds");
  return (kind) => {
    const key = kind.replace("/", "_");
    return t.has(key) ? t(key) : kind;
  };
};

/** Why it failed: in words where there are some, and what the program said on demand. */
const Cause = ({ job }: { job: AdminJob }) => {
  const t = useTranslations("admin.jobs");
  const failures = useTranslations("failures");
  if (job.failureCode === null && job.failureDetail === null) return null;
  const code = job.failureCode ?? "";
  const words = code !== "" && failures.has(`${code}.message`) ? failures(`${code}.message`) : code;
  const [firstLine = ""] = (job.failureDetail ?? "").trim().split("\n");
  return (
    <>
      <p className="wrap-anywhere">{words === "" ? firstLine : words}</p>
      {job.failureDetail === null || job.failureDetail.trim() === "" ? null : (
        <details className="mt-1 text-13">
          <summary className="w-fit cursor-pointer rounded-xs text-muted hover:text-ink">{t("said")}</summary>
          <pre className="mt-1.5 max-h-60 max-w-[min(60vw,44rem)] overflow-auto rounded-sm bg-raised p-2.5 font-mono text-12 whitespace-pre-wrap wrap-anywhere">
            {job.failureDetail.trim()}
          </pre>
        </details>
      )}
    </>
  );
};

const Attempts = ({ job }: { job: AdminJob }) => {
  const t = useTranslations("admin.jobs");
  if (job.attempts === null || job.attempts === 0) return null;
  return job.maxAttempts === null
    ? t("attempt", { attempts: job.attempts })
    : t("attempts", { attempts: job.attempts, most: job.maxAttempts });
};

const JobRow = ({ job }: { job: AdminJob }) => {
  const t = useTranslations("admin.jobs");
  const format = useFormatter();
  const kind = useKindName()(job.kind);
  return (
    <AdminRow data-id={job.id}>
      <RowHead>
        {job.video === null ? (
          <span className="font-medium">{kind}</span>
        ) : (
          <>
            <Link href={`/admin/videos?q=${job.video.id}`} className="line-clamp-2 font-medium hover:underline">
              {job.video.title}
            </Link>
            <span className="text-13 text-muted">{kind}</span>
          </>
        )}
        <div className="mt-1 text-13 md:hidden">
          <Cause job={job} />
        </div>
      </RowHead>
      <Cell>
        <StateMark tone={toneOf[job.state]}>{t(`states.${job.state}`)}</StateMark>
        <span className="tabular block text-13 text-muted">
          {job.percent === null ? (
            <Attempts job={job} />
          ) : (
            format.number(Math.floor(job.percent) / 100, { style: "percent" })
          )}
        </span>
      </Cell>
      <Cell from="md" className="max-w-[28rem]">
        <Cause job={job} />
      </Cell>
      <Cell from="lg">
        <When at={job.createdAt} />
        {job.runAt === null || job.state !== "scheduled" ? null : (
          <span className="block text-13 whitespace-nowrap text-muted">
            {t("due", { time: format.dateTime(new Date(job.runAt), { dateStyle: "medium", timeStyle: "short" }) })}
          </span>
        )}
      </Cell>
      <Cell className="text-right">
        <JobActions job={job} name={job.video?.title ?? kind} />
      </Cell>
    </AdminRow>
  );
};

/** Work, one piece a row. */
export const JobTable = ({ jobs }: { jobs: readonly AdminJob[] }) => {
  const t = useTranslations("admin.jobs.columns");
  return (
    <AdminTable
      label={t("label")}
      columns={[
        { label: t("work") },
        { label: t("state") },
        { label: t("cause"), from: "md" },
        { label: t("since"), from: "lg" },
        { label: t("actions"), quiet: true },
      ]}
    >
      {jobs.map((job) => (
        <JobRow key={`${job.kind} ${job.id}`} job={job} />
      ))}
    </AdminTable>
  );
};
