import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { db, transaction } from "#lib/db/client.ts";
import { insertAssets } from "#lib/db/queries/videos/assets.ts";
import { channels, runSteps, usageEntries } from "#lib/db/schema/index.ts";
import { newId } from "#lib/ids.ts";
import { cancelRuns } from "#lib/processing/cancel-runs.ts";
import { claimStep } from "#lib/processing/claim-step.ts";
import { completeStep } from "#lib/processing/complete-step.ts";
import { failStep } from "#lib/processing/fail-step.ts";
import { removeRunFiles } from "#lib/processing/remove-run-files.ts";
import { objectStore } from "#lib/storage/index.ts";
import { runPrefix } from "#lib/storage/keys.ts";
import { countRequestedSegment } from "#lib/usage/count-requested-segment.ts";
import { measureRun } from "#lib/usage/measure-run.ts";
import { fakeFinishResult, fakePlan } from "#tests/factories/fake-steps.ts";
import { makeReceivedVideo, startUploadRun } from "#tests/factories/received-video.ts";
import { makeUser } from "#tests/factories/rows.ts";
import { testDatabase } from "#tests/setup/database.ts";
import { expectLedgerIsDisk } from "#tests/setup/ledger.ts";

testDatabase();

const never = new AbortController().signal;

const stepOf = async (runId: string, kind: string) => {
  const rows = await db().select().from(runSteps).where(eq(runSteps.runId, runId));
  const step = rows.find((row) => row.kind === kind);
  if (step === undefined) throw new Error(`no ${kind} step`);
  return step;
};

const claimOf = async (runId: string, kind: string) => {
  const claimed = await claimStep({ stepId: (await stepOf(runId, kind)).id, workerId: newId() });
  if ("refused" in claimed) throw new Error(`refused: ${claimed.refused}`);
  return claimed.claim;
};

const fileOf = async (key: string, size: number) => {
  const path = join(await mkdtemp(join(tmpdir(), "kinora-ledger-")), "file");
  await writeFile(path, Buffer.alloc(size, 1));
  return { path, key };
};

type Run = { videoId: string; runId: string };

const complete = async (run: Run, kind: string, sizes: Record<string, number> = {}, result: unknown = { kind }) => {
  const claim = await claimOf(run.runId, kind);
  const files = await Promise.all(
    Object.entries(sizes).map(([name, size]) => fileOf(`${runPrefix(run)}${name}`, size)),
  );
  return completeStep({ claim, outcome: { result, files }, store: objectStore(), signal: never });
};

/** A run with an original of 18 bytes that is counted, and its probe done. */
const begunRun = async (): Promise<Run> => {
  const video = await makeReceivedVideo();
  await transaction((tx) =>
    insertAssets(tx, [
      { videoId: video.videoId, kind: "original", key: video.sourceKey, sizeBytes: 18, contentType: "video/mp4" },
    ]),
  );
  const { runId } = await startUploadRun(video);
  const run = { videoId: video.videoId, runId };
  await complete(run, "probe", {}, { plan: fakePlan });
  return run;
};

const publish = async (run: Run) => {
  await complete(run, "encode", { "180p/00000.m4s": 700 });
  await complete(run, "audio", { "audio/00000.m4s": 300 });
  await complete(run, "poster", { "poster.jpg": 40 });
  await complete(
    run,
    "finish",
    { "index.m3u8": 9, "180p/index.m3u8": 5 },
    fakeFinishResult({ id: run.runId, videoId: run.videoId }),
  );
};

describe("what a run stores", () => {
  it("is in the ledger from the step on that stored it, and stays right through the flip and the removal", async () => {
    const run = await begunRun();
    await complete(run, "encode", { "180p/00000.m4s": 700, "180p/init.mp4": 30 });
    expect(await expectLedgerIsDisk()).toBe(748);
    await complete(run, "audio", { "audio/00000.m4s": 300 });
    await complete(run, "poster", { "poster.jpg": 40 });
    await expectLedgerIsDisk();
    await complete(run, "finish", { "index.m3u8": 9 }, fakeFinishResult({ id: run.runId, videoId: run.videoId }));
    const one = await expectLedgerIsDisk();
    expect(one).toBe(748 + 349);
    await measureRun(run);
    expect(await expectLedgerIsDisk()).toBe(one);
  });

  it("leaves the ledger when a failed or stopped run's files go", async () => {
    for (const end of ["failed", "stopped"] as const) {
      const before = await expectLedgerIsDisk();
      const run = await begunRun();
      await complete(run, "encode", { "180p/00000.m4s": 500 });
      if (end === "failed") {
        const { id: stepId } = await stepOf(run.runId, "audio");
        await failStep({ runId: run.runId, stepId, code: "file_damaged", detail: null });
      } else await transaction((tx) => cancelRuns(tx, { videoId: run.videoId, why: "stopped" }));
      expect(await expectLedgerIsDisk()).toBe(before + 518);
      await removeRunFiles(run);
      expect(await expectLedgerIsDisk()).toBe(before + 18);
    }
  });

  it("counts files once that an attempt left behind and another found", async () => {
    const before = await expectLedgerIsDisk();
    const run = await begunRun();
    // An attempt that died between its files and its word.
    await objectStore().put({ key: `${runPrefix(run)}180p/00000.m4s`, body: Buffer.alloc(200, 1) });
    await complete(run, "encode", { "180p/00000.m4s": 200, "180p/00001.m4s": 100 });
    await measureRun(run);
    expect(await expectLedgerIsDisk()).toBe(before + 318);
    await measureRun(run);
    expect(await expectLedgerIsDisk()).toBe(before + 318);
  });

  it("counts segments that were asked for, while the run is being measured too", async () => {
    const before = await expectLedgerIsDisk();
    const run = await begunRun();
    const ask = (index: number) =>
      countRequestedSegment(run.runId, async () => {
        const key = `${runPrefix(run)}source/${index}.m4s`;
        const { created } = await objectStore().put({ key, body: Buffer.alloc(50, 1), ifAbsent: true });
        return created ? 50 : 0;
      });
    const work = Array.from({ length: 12 }, (_, index) => [ask(index % 8), measureRun(run)]).flat();
    await Promise.all(work);
    expect(await expectLedgerIsDisk()).toBe(before + 18 + 8 * 50);
  });

  it("belongs to the channel's owner, and moves with the channel", async () => {
    const run = await begunRun();
    await publish(run);
    const [owner] = await db()
      .selectDistinct({ id: usageEntries.userId })
      .from(usageEntries)
      .where(eq(usageEntries.videoId, run.videoId));
    const heir = await makeUser();
    await db()
      .update(channels)
      .set({ ownerId: heir.id })
      .where(eq(channels.ownerId, owner?.id ?? ""));
    await expectLedgerIsDisk();
    const rows = await db().select().from(usageEntries).where(eq(usageEntries.userId, heir.id));
    expect(rows.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(18 + 1054);
    await removeRunFiles(run);
    await expectLedgerIsDisk();
  });

  it("refuses to rewrite the ledger", async () => {
    await expect(db().update(usageEntries).set({ bytes: 0 })).rejects.toThrow();
    await expect(db().delete(usageEntries)).rejects.toThrow();
  });
});
