import { eq } from "drizzle-orm";
import { expect, it } from "vitest";
import { db } from "#lib/db/client.ts";
import { runSteps } from "#lib/db/schema/index.ts";
import { newId } from "#lib/ids.ts";
import { claimStep } from "#lib/processing/claim-step.ts";
import { progressOfVideos } from "#lib/processing/progress-of-videos.ts";
import { makeReceivedVideo, startUploadRun } from "#tests/factories/received-video.ts";
import { makeVideo } from "#tests/factories/rows.ts";
import { testDatabase } from "#tests/setup/database.ts";

testDatabase();

const started = async () => {
  const video = await makeReceivedVideo();
  const { runId } = await startUploadRun(video);
  const [probe] = await db().select().from(runSteps).where(eq(runSteps.runId, runId));
  return { videoId: video.videoId, stepId: probe?.id ?? "" };
};

it("gives each waiting video its place, from 1, and places move up when one before begins", async () => {
  const [first, second, third] = [await started(), await started(), await started()];
  const idle = await makeVideo();
  const ids = [first.videoId, second.videoId, third.videoId, idle.id];
  const placesOf = async () => {
    const progress = await progressOfVideos(db(), ids);
    return ids.map((id) => progress.get(id)?.queuePosition);
  };
  expect(await placesOf()).toEqual([1, 2, 3, undefined]);
  await claimStep({ stepId: first.stepId, workerId: newId() });
  expect(await placesOf()).toEqual([null, 1, 2, undefined]);
  expect((await progressOfVideos(db(), ids)).get(first.videoId)?.stage).toBe("probing");
});

it("asks nothing for no videos", async () => {
  expect(await progressOfVideos(db(), [])).toEqual(new Map());
});
