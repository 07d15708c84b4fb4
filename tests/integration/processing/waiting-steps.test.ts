import { eq, sql } from "drizzle-orm";
import { expect, it } from "vitest";
import { db, transaction } from "#lib/db/client.ts";
import { stepKinds } from "#lib/db/queries/runs/run-steps.ts";
import { getRun } from "#lib/db/queries/runs/runs.ts";
import { listStrandedSteps } from "#lib/db/queries/runs/stranded-steps.ts";
import { runSteps } from "#lib/db/schema/index.ts";
import { enqueueDueSteps, waitRules } from "#lib/processing/due-steps.ts";
import { makeRun, makeRunStep } from "#tests/factories/rows.ts";
import { testDatabase } from "#tests/setup/database.ts";

testDatabase();

/** A run with two steps of each kind, all queued. */
const fullRun = async () => {
  const run = await makeRun();
  for (const kind of stepKinds) {
    for (const ordinal of [0, 1]) await makeRunStep({ runId: run.id, kind, ordinal });
  }
  return run.id;
};

const stranded = async (runId: string) =>
  (await listStrandedSteps(db(), { limit: 1000, rules: waitRules }))
    .filter((step) => step.runId === runId)
    .map(({ stepId }) => stepId)
    .toSorted();

const queueDue = async (runId: string) => {
  const run = await getRun(db(), runId);
  if (run !== null) await transaction((tx) => enqueueDueSteps(tx, { run, which: "all" }));
  const rows = await db().execute<{ id: string }>(sql`
    select s.id::text as id from run_steps s join graphile_worker.jobs j on j.key = 'step:' || s.id::text
    where s.run_id = ${runId} and s.state = 'queued'`);
  return [...rows].map(({ id }) => id).toSorted();
};

it("counts a step as lost exactly when it would be queued, whatever else is open", async () => {
  for (const ended of stepKinds) {
    const runId = await fullRun();
    await db().update(runSteps).set({ state: "done" }).where(sql`${runSteps.runId} = ${runId} and kind = ${ended}`);
    const lost = await stranded(runId);
    expect(lost.length).toBeGreaterThan(0);
    expect(await queueDue(runId), `after ${ended}`).toEqual(lost);
    expect(await stranded(runId)).toEqual([]);
  }
});

it("leaves the machine to the first chunk of the first rung and its sound", async () => {
  const runId = await fullRun();
  const ids = new Set(await queueDue(runId));
  const rows = await db().select().from(runSteps).where(eq(runSteps.runId, runId));
  const queued = rows.filter(({ id }) => ids.has(id)).map(({ kind, ordinal }) => `${kind} ${ordinal}`);
  expect(queued).toEqual(expect.arrayContaining(["audio 0", "preview 0"]));
  for (const later of ["preview 1", "encode 0", "package 0", "poster 0", "stills 0"])
    expect(queued).not.toContain(later);
});

it("writes the segments of a source that plays already once the first chunk of its ladder is there", async () => {
  const run = await makeRun();
  for (const kind of ["encode", "package", "poster"] as const) await makeRunStep({ runId: run.id, kind, ordinal: 0 });
  const queuedKinds = async () => {
    const ids = new Set(await queueDue(run.id));
    const rows = await db().select().from(runSteps).where(eq(runSteps.runId, run.id));
    return rows.filter(({ id }) => ids.has(id)).map(({ kind }) => kind);
  };
  expect((await queuedKinds()).toSorted()).toEqual(["encode", "poster"]);
  await db().update(runSteps).set({ state: "done" }).where(sql`${runSteps.runId} = ${run.id} and kind = 'encode'`);
  expect((await queuedKinds()).toSorted()).toEqual(["package", "poster"]);
});

it("frees one kind after the other, the finish last", async () => {
  const runId = await fullRun();
  const freed: string[] = [];
  for (let round = 0; round < 6; round += 1) {
    const ids = new Set(await queueDue(runId));
    const rows = (await db().select().from(runSteps).where(eq(runSteps.runId, runId))).filter(({ id }) => ids.has(id));
    freed.push([...new Set(rows.map(({ kind }) => kind))].toSorted().join(" "));
    for (const { id } of rows) await db().update(runSteps).set({ state: "done" }).where(eq(runSteps.id, id));
  }
  const [first = "", ...later] = freed.filter((kinds) => kinds !== "");
  expect(first).toMatch(/preview/);
  expect(first).not.toMatch(/encode|stills|finish/);
  expect(later.slice(-4)).toEqual(["encode", "package", "stills", "finish"]);
});
