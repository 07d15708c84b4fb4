import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { scratchNeed } from "#lib/media/plan/scratch-need.ts";
import { makeReceivedVideo, startUploadRun } from "#tests/factories/received-video.ts";
import { stepsOf, untilStatus } from "#tests/faults/processing-state.ts";
import { quickTimes, startTestWorker } from "#tests/faults/test-worker.ts";
import { testDatabase } from "#tests/setup/database.ts";
import { waitFor } from "#tests/setup/wait-for.ts";

const given = testDatabase();

it("a worker whose scratch disk is full waits, and goes on by itself when there is room", async () => {
  const scratch = join(given.dataDir, "scratch");
  const filler = join(scratch, "filler");
  await mkdir(scratch, { recursive: true });
  await writeFile(filler, Buffer.alloc(1024 ** 2));
  const video = await makeReceivedVideo({ title: "other" });
  const { runId } = await startUploadRun(video);
  const room = scratchNeed({ plan: null, step: { kind: "probe", ordinal: 0 } });
  const worker = startTestWorker(quickTimes, "worker-process.ts", { SCRATCH_MAX_BYTES: String(room) });
  await worker.said("step.waits_for_space");
  const isMarked = async () => (await stepsOf(runId)).get("probe")?.errorCode === "disk_full";
  await waitFor({ what: "the step to say why it waits", until: isMarked });
  expect((await stepsOf(runId)).get("probe")).toMatchObject({ state: "queued", attempts: 0 });
  await rm(filler);
  await untilStatus(video.videoId, "ready");
  expect([...(await stepsOf(runId)).values()].map(({ attempts }) => attempts)).toEqual([1, 1, 1, 1, 1]);
});
