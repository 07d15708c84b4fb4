import { db, transaction } from "#lib/db/client.ts";
import { recordAudit } from "#lib/db/queries/instance/audit.ts";
import { listUnregisteredPools, unlockPools } from "#lib/db/queries/runs/jobs.ts";
import { giveBackWorkerSteps } from "#lib/db/queries/runs/stranded-steps.ts";
import {
  deleteOldWorkers,
  endLockHolder,
  listOtherWorkers,
  listSilentWorkers,
  markWorkerSwept,
  tryWorkerLock,
  type WorkerInstance,
} from "#lib/db/queries/runs/workers.ts";
import { log } from "#lib/log.ts";
import { metrics } from "#lib/metrics.ts";

// Longer than any start takes: until then its pools may hold jobs without being registered.
const unregisteredSeconds = 60;

/** Gives back what a worker held, if its lock is free, that is, if its process is gone. Says whether it did. */
const sweepWorker = (worker: WorkerInstance): Promise<boolean> =>
  transaction(async (tx) => {
    if (!(await tryWorkerLock(tx, worker.lockKey))) return false;
    if (!(await markWorkerSwept(tx, worker.id))) return false;
    // Steps before jobs, in one transaction: whoever gets a freed job finds its step free too.
    const stepIds = await giveBackWorkerSteps(tx, worker.id);
    await unlockPools(tx, worker.poolIds);
    await recordAudit(tx, {
      actorId: null,
      action: "worker.swept",
      targetType: "worker",
      targetId: worker.id,
      details: { hostname: worker.hostname, pid: worker.pid, poolIds: worker.poolIds, stepIds },
    });
    log().warn(
      { "event.action": "worker.swept", workerId: worker.id, stepIds },
      "a dead worker's jobs were given back",
    );
    metrics().recoveredJobs.inc({ reason: "dead_worker" }, stepIds.length);
    return true;
  });

const freeUnregistered = async (): Promise<void> => {
  const pools = await listUnregisteredPools(db(), unregisteredSeconds);
  if (pools.length === 0) return;
  await transaction(async (tx) => {
    await unlockPools(tx, pools);
    for (const pool of pools) {
      await recordAudit(tx, { actorId: null, action: "worker.swept", targetType: "pool", targetId: pool, details: {} });
    }
  });
};

/**
 * Finds workers whose process is gone and gives their jobs and steps back, with an audit entry. A dead process frees its
 * lock by itself; one that is stopped (SIGSTOP, a frozen machine) keeps its connection, so after `silentSeconds` without
 * a sign its session is ended, and when it wakes it finds that out before it can do harm. Returns how many were swept.
 */
export const sweepWorkers = async (input: { ownId: string; silentSeconds: number | null }): Promise<number> => {
  if (input.silentSeconds !== null) {
    const silent = await listSilentWorkers(db(), { ownId: input.ownId, seconds: input.silentSeconds });
    for (const worker of silent) await endLockHolder(db(), worker.lockKey);
  }
  let swept = 0;
  for (const worker of await listOtherWorkers(db(), input.ownId)) {
    if (await sweepWorker(worker)) swept += 1;
  }
  await freeUnregistered();
  await deleteOldWorkers(db());
  return swept;
};
