import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { asc, eq, sql } from "drizzle-orm";
import { afterAll, expect, it } from "vitest";
import { db } from "#lib/db/client.ts";
import { runSteps, videos } from "#lib/db/schema/index.ts";
import { newId } from "#lib/ids.ts";
import { defaultPlanSettings, type PlanSettings } from "#lib/media/plan/plan.ts";
import { closePackaging } from "#lib/packaging/index.ts";
import { removePictureCopy } from "#lib/processing/remove-picture-copy.ts";
import { objectStore } from "#lib/storage/index.ts";
import { pictureCopyKey } from "#lib/storage/keys.ts";
import { makeReceivedVideo, startUploadRun } from "#tests/factories/received-video.ts";
import { testWorkspace } from "#tests/factories/workspace.ts";
import { lavfi, runTool } from "#tests/media/run-tool.ts";
import { testDatabase } from "#tests/setup/database.ts";
import { createFfmpegRunner } from "#worker/ffmpeg.ts";
import { stepHandlers } from "#worker/steps/index.ts";
import { probeWith } from "#worker/steps/probe.ts";
import { performStep } from "#worker/supervision/perform-step.ts";

const given = testDatabase();
const { ffmpeg, ffprobe } = createFfmpegRunner();
afterAll(closePackaging);

const small: PlanSettings = {
  ...{ ...defaultPlanSettings, targetSegmentSeconds: 1, encodeChunkSeconds: 2, previewChunkSeconds: [2] },
};

const clip = async () => {
  const path = join(given.dataDir, "clip.flv");
  const codecs = ["-c:v", "flv1", "-g", "25", "-ar", "44100", "-c:a", "libmp3lame", path];
  await runTool("ffmpeg", [...lavfi("testsrc2=s=160x90:r=25:d=7"), ...lavfi("sine=d=7"), ...codecs]);
  return readFile(path);
};

/** Steps of which a job waits, what is most urgent first. */
const dueSteps = async (runId: string) => {
  const jobs = await db().execute(
    sql`select key from graphile_worker.jobs where key like 'step:%' order by priority, id`,
  );
  const steps = await db().select().from(runSteps).where(eq(runSteps.runId, runId)).orderBy(asc(runSteps.id));
  return [...jobs].flatMap(({ key }) => steps.filter(({ id, state }) => `step:${id}` === key && state === "queued"));
};

const perform = async (stepId: string) => {
  const workerId = newId();
  const tools = { ffmpeg, ffprobe, store: objectStore(), progressMs: 50 };
  const handlers = { ...stepHandlers, probe: probeWith(small) };
  const machine = { ...tools, workerId, workspace: testWorkspace({ workerId }), handlers };
  await performStep({ machine, stepId, signal: new AbortController().signal });
};

it("chunks behind the first wait for the copy and read it; it goes when the run is published", async () => {
  const video = await makeReceivedVideo({}, await clip());
  const { runId } = await startUploadRun(video);
  const copyKey = pictureCopyKey({ videoId: video.videoId, runId });
  const order: string[] = [];
  for (let due = await dueSteps(runId); due.length > 0; due = await dueSteps(runId)) {
    const [next] = due;
    if (next === undefined) break;
    const beforeCopy = !order.includes("copy 0");
    if (beforeCopy)
      expect(due.filter((step) => step.kind === "encode" || (step.kind === "preview" && step.ordinal > 0))).toEqual([]);
    await perform(next.id);
    order.push(`${next.kind} ${next.ordinal}`);
    if (next.kind === "copy") expect(await objectStore().head(copyKey)).not.toBeNull();
  }
  expect(order.indexOf("preview 0")).toBeLessThan(order.indexOf("copy 0"));
  expect(order.filter((name) => name.startsWith("preview")).length).toBeGreaterThan(2);
  const [row] = await db().select().from(videos).where(eq(videos.id, video.videoId));
  expect(row).toMatchObject({ status: "ready" });
  const removal = await db().execute(sql`select 1 from graphile_worker.jobs where key = ${`remove-copy:${runId}`}`);
  expect([...removal]).toHaveLength(1);
  await removePictureCopy({ videoId: video.videoId, runId });
  await removePictureCopy({ videoId: video.videoId, runId });
  expect(await objectStore().head(copyKey)).toBeNull();
}, 240_000);
