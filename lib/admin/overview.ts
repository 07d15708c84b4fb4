import type { Viewer } from "#lib/accounts/viewer.ts";
import type { AdminOverview } from "#lib/admin/dto.ts";
import { requireAdmin } from "#lib/admin/require-admin.ts";
import { db } from "#lib/db/client.ts";
import {
  countFailedWebhooks,
  countInstance,
  lastEndedReconciliation,
  sumDelivered,
  sumStored,
} from "#lib/db/queries/instance/admin-overview.ts";
import { countJobs, countWorkers } from "#lib/db/queries/runs/admin-jobs.ts";
import { objectStore } from "#lib/storage/index.ts";
import { utcMonth } from "#lib/usage/utc-day.ts";

const lowBytes = 5_000_000_000;
/** Free room below this share of what is stored is little. */
const lowShare = 0.1;

/** Whether somebody should make room before uploads are refused. */
export const isDiskLow = ({ freeBytes, storedBytes }: { freeBytes: number | null; storedBytes: number }): boolean =>
  freeBytes !== null && freeBytes < Math.max(lowBytes, storedBytes * lowShare);

const ledgerOf = (row: Awaited<ReturnType<typeof lastEndedReconciliation>>): AdminOverview["needsAction"]["ledger"] =>
  row === null || row.endedAt === null
    ? null
    : { at: row.endedAt.toISOString(), differences: row.differences, correctedBytes: row.correctedBytes };

/** What needs an admin, and how much there is of everything. For admins; throws `unauthenticated` and `forbidden`. */
export const getOverview = async (viewer: Viewer): Promise<AdminOverview> => {
  requireAdmin(viewer);
  const [counts, jobs, workers, webhooksDisabled, stored, deliveredThisMonthBytes, ledger, diskFreeBytes] =
    await Promise.all([
      countInstance(db()),
      countJobs(db()),
      countWorkers(db()),
      countFailedWebhooks(db()),
      sumStored(db()),
      sumDelivered(db(), utcMonth(new Date())),
      lastEndedReconciliation(db()),
      objectStore().freeBytes(),
    ]);
  const jobsThat = (state: string) =>
    jobs.filter((one) => one.state === state).reduce((sum, { count }) => sum + count, 0);
  return {
    needsAction: {
      ...{ failedJobs: jobsThat("failed"), accountsWaiting: counts.waiting, webhooksDisabled },
      ...{ mailsHeld: counts.mails_held, mailsFailed: counts.mails_failed, workersMissing: workers === 0 },
      diskFreeBytes,
      diskLow: isDiskLow({ freeBytes: diskFreeBytes, storedBytes: stored.storedBytes }),
      ledger: ledgerOf(ledger),
    },
    totals: {
      ...{ users: counts.users, suspended: counts.suspended, videos: counts.videos, takenDown: counts.taken_down },
      ...{ storedBytes: stored.storedBytes, deliveredThisMonthBytes, workers },
      ...{ jobsRunning: jobsThat("running"), jobsQueued: jobsThat("queued") },
    },
  };
};
