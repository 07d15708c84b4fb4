import { expect, it } from "vitest";
import { db } from "#lib/db/client.ts";
import { listFailedVideoIds, listOpenSteps } from "#lib/db/queries/instance/operator.ts";
import { makeRun, makeRunStep, makeVideo } from "#tests/factories/rows.ts";
import { testDatabase } from "#tests/setup/database.ts";

testDatabase();

it("lists what runs, failed and waits of each video's newest run", async () => {
  const video = await makeVideo({ status: "failed" });
  const old = await makeRun({ videoId: video.id, state: "failed" });
  await makeRunStep({ runId: old.id, kind: "encode", state: "failed" });
  const run = await makeRun({ videoId: video.id });
  for (const [ordinal, state] of (["queued", "done", "failed", "running"] as const).entries()) {
    await makeRunStep({ runId: run.id, kind: "encode", ordinal, state, attempts: ordinal, errorCode: null });
  }
  const steps = await listOpenSteps(db(), 10);
  expect(steps.map(({ ordinal, state }) => [ordinal, state])).toEqual([
    [3, "running"],
    [2, "failed"],
    [0, "queued"],
  ]);
  expect(steps[0]?.ageSeconds).toBeGreaterThanOrEqual(0);
  expect(await listFailedVideoIds(db(), 10)).toEqual([video.id]);
});
