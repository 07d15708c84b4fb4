import { expect, it } from "vitest";
import { db } from "#lib/db/client.ts";
import { insertChunks } from "#lib/db/queries/runs/chunks.ts";
import { createLiveRuns } from "#lib/playback/live-runs.ts";
import { chunkRowOf } from "#lib/processing/publish-stretch.ts";
import { livePart, livePlan } from "#tests/factories/live-plan.ts";
import { makeRun } from "#tests/factories/rows.ts";
import { testDatabase } from "#tests/setup/database.ts";

testDatabase();

const memory = (bounds: { maxEntries?: number; maxSegments?: number }) =>
  createLiveRuns({ ttlMs: 60_000, maxEntries: 100, maxSegments: 1e6, now: () => performance.now(), ...bounds });

/** A run that goes on, with so many segments listed. */
const runWith = async (segments: number): Promise<string> => {
  const { id } = await makeRun({ plan: livePlan("none") });
  await db().transaction((tx) => insertChunks(tx, { runId: id, rows: [chunkRowOf(livePart("360p", 0, segments))] }));
  return id;
};

it("remembers runs up to a number of them, and forgets the longest unasked first", async () => {
  const runs = memory({ maxEntries: 2 });
  const [a, b, c] = [await runWith(1), await runWith(1), await runWith(1)];
  const first = await runs.get(a);
  expect(await runs.get(a)).toBe(first);
  const second = await runs.get(b);
  await runs.get(c);
  expect(await runs.get(b)).toBe(second);
  expect(await runs.get(a)).not.toBe(first);
});

it("remembers no more segments than it may, but always the run asked for last", async () => {
  const runs = memory({ maxSegments: 100 });
  const [small, other, long] = [await runWith(40), await runWith(60), await runWith(500)];
  const first = await runs.get(small);
  const second = await runs.get(other);
  expect(await runs.get(small)).toBe(first);
  const third = await runs.get(long);
  expect(await runs.get(long)).toBe(third);
  expect(await runs.get(other)).not.toBe(second);
  expect(await runs.get(small)).not.toBe(first);
});

it("reads the large part again only when the small one changed", async () => {
  const runs = memory({});
  const id = await runWith(2);
  const before = await runs.get(id);
  expect((await runs.getFresh(id))?.live).toBe(before?.live);
  await db().transaction((tx) => insertChunks(tx, { runId: id, rows: [chunkRowOf(livePart("360p", 2, 2))] }));
  expect((await runs.getFresh(id))?.live.parts).toHaveLength(2);
});
