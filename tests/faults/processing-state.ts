import { eq, sql } from "drizzle-orm";
import { db } from "#lib/db/client.ts";
import { auditLog, renditions, runSteps, runs, videos } from "#lib/db/schema/index.ts";
import { waitFor } from "#tests/setup/wait-for.ts";

/** A video's row. */
export const videoOf = async (videoId: string) => {
  const [video] = await db().select().from(videos).where(eq(videos.id, videoId));
  if (video === undefined) throw new Error("no such video");
  return video;
};

/** Waits until a video has a status; returns how many milliseconds that took. */
export const untilStatus = async (
  videoId: string,
  status: "ready" | "failed" | "processing",
  timeoutMs = 60_000,
): Promise<number> => {
  const begun = performance.now();
  const what = `video ${videoId} to become ${status}`;
  await waitFor({ what, until: async () => (await videoOf(videoId)).status === status, timeoutMs });
  return Math.round(performance.now() - begun);
};

/** The steps of a run by kind. */
export const stepsOf = async (runId: string) => {
  const steps = await db().select().from(runSteps).where(eq(runSteps.runId, runId));
  return new Map(steps.map((step) => [step.kind, step]));
};

/** What a video's runs published: one entry per published run, with its renditions' number. */
export const publishedRuns = async (videoId: string) =>
  db()
    .select({ runId: runs.id, renditions: sql<number>`count(${renditions.id})::int` })
    .from(runs)
    .leftJoin(renditions, eq(renditions.runId, runs.id))
    .where(sql`${runs.videoId} = ${videoId} and ${runs.state} = 'published'`)
    .groupBy(runs.id);

/** Jobs that somebody holds. */
export const heldJobs = async () => [
  ...(await db().execute(
    sql`select id, task_identifier, locked_by from graphile_worker.jobs where locked_at is not null`,
  )),
];

/** Jobs of steps, held or waiting. */
export const stepJobs = async () => [
  ...(await db().execute(
    sql`select id, task_identifier, attempts, key from graphile_worker.jobs where task_identifier like 'media/%'`,
  )),
];

/** Process ids of the workers that were found dead. */
export const sweptPids = async () =>
  (await db().select().from(auditLog).where(eq(auditLog.action, "worker.swept"))).map((entry) => entry.details.pid);
