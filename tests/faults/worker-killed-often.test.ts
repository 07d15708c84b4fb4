import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { and, eq, gt } from "drizzle-orm";
import { beforeAll, expect, it } from "vitest";
import { db } from "#lib/db/client.ts";
import { runSteps, runs } from "#lib/db/schema/index.ts";
import { objectStore } from "#lib/storage/index.ts";
import { runPrefix } from "#lib/storage/keys.ts";
import { makeReceivedVideo, startUploadRun } from "#tests/factories/received-video.ts";
import { publishedRuns, videoOf } from "#tests/faults/processing-state.ts";
import { startTestWorker } from "#tests/faults/test-worker.ts";
import { lavfi, runTool } from "#tests/media/run-tool.ts";
import { testDatabase } from "#tests/setup/database.ts";
import { waitFor } from "#tests/setup/wait-for.ts";

// The worker as it is in production, with real ffmpeg; the moments are random, but the same in every run.
const entry = "../../worker/index.ts";
const kills = 10;
const longestRunMs = 15 * 60_000;
const given = testDatabase();
let clip: Buffer;

/** Park and Miller's generator: as good as any for moments. */
const seeded = (seed: number) => {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
};

// Needs an encoder, can be begun anywhere, and takes many chunks: an attempt loses one of them at most.
beforeAll(async () => {
  const path = join(given.dataDir, "clip.mkv");
  const picture = lavfi("testsrc2=size=854x480:rate=25:duration=600");
  const codecs = ["-c:v", "mpeg4", "-q:v", "5", "-g", "50", "-c:a", "mp3", "-shortest", path];
  await runTool("ffmpeg", [...picture, ...lavfi("sine=frequency=440:duration=600"), ...codecs]);
  clip = await readFile(path);
}, 120_000);

/** Waits until a video is ready; one that failed is told with its reason, and not waited for. */
const untilReady = async (videoId: string): Promise<void> => {
  const begun = performance.now();
  await waitFor({
    what: `video ${videoId} to end`,
    until: async () => (await videoOf(videoId)).status !== "processing",
    timeoutMs: longestRunMs,
    everyMs: 200,
  });
  const { status, failureCode } = await videoOf(videoId);
  const [run] = await db().select().from(runs).where(eq(runs.videoId, videoId));
  const after = `after ${Math.round((performance.now() - begun) / 1000)} s`;
  expect(status, `${after}: ${failureCode} ${run?.failureDetail}`).toBe("ready");
};

/** When the run's first attempt since a moment began; null while none has. */
const takenUpAt = async (runId: string, since: Date): Promise<Date | null> => {
  const [first] = await db()
    .select({ at: runSteps.startedAt })
    .from(runSteps)
    .where(and(eq(runSteps.runId, runId), gt(runSteps.startedAt, since)))
    .orderBy(runSteps.startedAt)
    .limit(1);
  return first?.at ?? null;
};

const isOver = async (videoId: string) => (await videoOf(videoId)).status !== "processing";

const doneSteps = async (runId: string) => {
  const rows = await db()
    .select()
    .from(runSteps)
    .where(and(eq(runSteps.runId, runId), eq(runSteps.state, "done")));
  return new Map(rows.map((row) => [`${row.kind} ${row.ordinal}`, `${row.attemptId} ${row.endedAt?.toISOString()}`]));
};

/** Everything a run left in the store, by name, as hashes: equal hashes are equal segment lists and equal frames. */
const filesOf = async (videoId: string) => {
  const [published] = await publishedRuns(videoId);
  const prefix = runPrefix({ videoId, runId: published?.runId ?? "" });
  const files = new Map<string, string>();
  for await (const { key } of objectStore().list(prefix)) {
    const path = await objectStore().localPath(key);
    const bytes = await readFile(path ?? "");
    files.set(key.slice(prefix.length), createHash("sha256").update(bytes).digest("hex"));
  }
  return Object.fromEntries([...files].toSorted(([a], [b]) => a.localeCompare(b)));
};

const start = async () => {
  const video = await makeReceivedVideo({}, clip);
  return { ...video, ...(await startUploadRun(video)) };
};

it(
  "ten workers killed at random moments: what was done stays done, and the result is that of a quiet run",
  async ({ annotate }) => {
    const quietBegun = performance.now();
    const quiet = await start();
    const calm = startTestWorker({}, entry);
    await untilReady(quiet.videoId);
    const quietMs = performance.now() - quietBegun;
    calm.kill("SIGKILL");
    await calm.ended;

    const random = seeded(20_261_121);
    const huntedBegun = performance.now();
    const hunted = await start();
    const takenUp: number[] = [];
    const kept = new Map<string, string>();
    for (let kill = 0; kill < kills; kill += 1) {
      const begun = new Date();
      const worker = startTestWorker({}, entry);
      await worker.said("worker started", { timeoutMs: 60_000 });
      const taken = async () => (await takenUpAt(hunted.runId, begun)) ?? (await isOver(hunted.videoId));
      const at = await waitFor({ what: "the run to go on", until: taken, timeoutMs: 60_000, everyMs: 50 });
      if (at instanceof Date && kill > 0) takenUp.push((at.getTime() - begun.getTime()) / 1000);
      await delay(4_000 + random() * 12_000);
      worker.kill("SIGKILL");
      await worker.ended;
      const done = await doneSteps(hunted.runId);
      for (const [step, attempt] of kept) expect(done.get(step), `${step} after kill ${kill}`).toBe(attempt);
      for (const [step, attempt] of done) kept.set(step, attempt);
    }
    startTestWorker({}, entry);
    await untilReady(hunted.videoId);
    const lostSeconds = (performance.now() - huntedBegun - quietMs) / 1000;
    const lost = `${kills} kills cost ${lostSeconds.toFixed(1)} s, ${(lostSeconds / kills).toFixed(1)} s each`;
    const figures = `a quiet run took ${(quietMs / 1000).toFixed(1)} s; ${lost}; next workers went on after ${takenUp.join(", ")} s`;
    await annotate(figures);
    // For docs/benchmarks.md: the reporter keeps annotations to itself.
    process.stdout.write(`${figures}\n`);
    expect(lostSeconds / kills).toBeLessThan(60);
    const done = await doneSteps(hunted.runId);
    for (const [step, attempt] of kept) expect(done.get(step), step).toBe(attempt);
    expect(await db().select().from(runs).where(eq(runs.videoId, hunted.videoId))).toHaveLength(1);
    expect(await filesOf(hunted.videoId)).toEqual(await filesOf(quiet.videoId));
    const [one, other] = [await videoOf(hunted.videoId), await videoOf(quiet.videoId)];
    expect(one.durationMs).toBe(other.durationMs);
  },
  2 * longestRunMs,
);
