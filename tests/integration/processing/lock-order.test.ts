import { eq, sql } from "drizzle-orm";
import { expect, it } from "vitest";
import { db, transaction } from "#lib/db/client.ts";
import { lockLiveVideo } from "#lib/db/queries/runs/runs.ts";
import { runSteps, videos } from "#lib/db/schema/index.ts";
import { newId } from "#lib/ids.ts";
import { cancelRuns } from "#lib/processing/cancel-runs.ts";
import { type Claim, claimStep } from "#lib/processing/claim-step.ts";
import { completeStep } from "#lib/processing/complete-step.ts";
import { failStep } from "#lib/processing/fail-step.ts";
import { objectStore } from "#lib/storage/index.ts";
import { fakeFinishResult } from "#tests/factories/fake-steps.ts";
import { makeReceivedVideo, startUploadRun } from "#tests/factories/received-video.ts";
import { testDatabase } from "#tests/setup/database.ts";
import { waitFor } from "#tests/setup/wait-for.ts";

testDatabase();

const { signal } = new AbortController();

const waitsForLock = async () =>
  (
    await db().execute(sql`
      select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`)
  ).length > 0;

/** A run with one claimed step, as a worker has it. */
const claimed = async () => {
  const video = await makeReceivedVideo();
  const { runId } = await startUploadRun(video);
  const [step] = await db().select().from(runSteps).where(eq(runSteps.runId, runId));
  const answer = await claimStep({ stepId: step?.id ?? "", workerId: newId() });
  if ("refused" in answer) throw new Error(answer.refused);
  return { ...video, runId, claim: answer.claim };
};

const ends: [string, (claim: Claim) => Promise<boolean>][] = [
  ["a failing step", ({ run, step }) => failStep({ runId: run.id, stepId: step.id, code: "corrupt", detail: null })],
  [
    "a publishing one",
    (claim) => {
      const finish: Claim = { ...claim, step: { ...claim.step, kind: "finish" } };
      const outcome = { result: fakeFinishResult(claim.run), files: [] };
      return completeStep({ claim: finish, outcome, store: objectStore(), signal });
    },
  ],
];

it.each(ends)("cancelling and %s wait for each other in one order", async (_, end) => {
  const { videoId, claim } = await claimed();
  let ending: Promise<boolean> | null = null;
  const cancelled = await transaction(async (tx) => {
    // As every use-case does: the video first, then its run.
    await lockLiveVideo(tx, videoId);
    ending = end(claim);
    await waitFor({ what: "the worker to wait", until: waitsForLock });
    return cancelRuns(tx, { videoId });
  });
  expect(cancelled).toEqual([claim.run.id]);
  expect(await ending).toBe(false);
  const [video] = await db().select().from(videos).where(eq(videos.id, videoId));
  expect(video?.status).toBe("processing");
});
