import { db } from "#lib/db/client.ts";
import {
  findVideoCreator,
  listFailedVideoIds,
  listOpenSteps,
  listUnfinishedVideos,
  queueHealth,
} from "#lib/db/queries/instance/operator.ts";
import { rescheduleJobs } from "#lib/db/queries/runs/jobs.ts";
import { idSchema } from "#lib/ids.ts";
import { reprocessVideo } from "#lib/videos/reprocess-video.ts";
import { type Command, required, UsageError } from "#scripts/kinora/command.ts";
import { withDatabase } from "#scripts/kinora/with-database.ts";

const age = (seconds: number) =>
  seconds < 120
    ? `${Math.round(seconds)} s`
    : seconds < 7200
      ? `${Math.round(seconds / 60)} min`
      : `${Math.round(seconds / 3600)} h`;

const stepLine = (step: Awaited<ReturnType<typeof listOpenSteps>>[number]): string =>
  [
    ...[step.videoId, `${step.kind} ${step.ordinal}`.padEnd(12), step.state.padEnd(10)],
    ...[`${step.attempts}/${step.maxAttempts}`, `${Math.round(step.progress * 100)} %`.padStart(5)],
    ...[age(step.ageSeconds).padStart(7), step.worker ?? "-", step.errorCode ?? ""],
    step.errorDetail?.trim().split("\n")[0]?.slice(0, 120) ?? "",
  ]
    .join("  ")
    .trimEnd();

const list = () =>
  withDatabase(async () => {
    const { waiting, running, exhausted, workers } = await queueHealth(db());
    console.log(`Jobs: ${waiting} waiting, ${running} running, ${exhausted} out of attempts; ${workers} workers.`);
    for (const { id, title, status, failureCode, failureDetail } of await listUnfinishedVideos(db(), 200)) {
      console.log([id, status.padEnd(10), failureCode ?? "", title].join("  "));
      if (failureDetail !== null) console.log(failureDetail.trimEnd().replace(/^/gm, "    "));
    }
    const steps = await listOpenSteps(db(), 200);
    if (steps.length > 0) console.log("\nSteps:");
    for (const step of steps) console.log(stepLine(step));
    return 0;
  });

const retryOne = async (id: string) => {
  if (/^\d+$/.test(id)) {
    await rescheduleJobs(db(), { ids: [id], runAt: new Date() });
    return;
  }
  if (!idSchema.safeParse(id).success) throw new UsageError(`${id} is neither a video's nor a job's id.`);
  const creator = await findVideoCreator(db(), id);
  if (creator === null) throw new UsageError(`There is no video ${id}.`);
  await reprocessVideo({ viewer: creator, videoId: id });
};

const retry = (ids: readonly string[]) =>
  withDatabase(async () => {
    const first = required(ids[0], "The id of a video or a job, or all");
    for (const id of first === "all" ? await listFailedVideoIds(db(), 1000) : ids) {
      await retryOne(id);
      console.log(`${id} is queued again.`);
    }
    return 0;
  });

/** The queue from the command line. */
export const jobsCommand: Command = {
  help: `kinora jobs list
    Shows the queue, the videos that are being processed or have failed, with ffmpeg's words, and their steps: where each
    runs, how often it was tried, since when, and what went wrong.
kinora jobs retry <id…|all>
    Goes on with failed videos (by the video's id, or all of them), or gives a queued job all its attempts back (by its number).`,
  run: async ([action, ...rest]) => {
    if (action === "list") return list();
    if (action === "retry") return retry(rest);
    throw new UsageError("Say what to do: jobs list or jobs retry; see --help.");
  },
};
