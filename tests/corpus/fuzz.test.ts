import { afterAll, beforeAll, expect, test } from "vitest";
import { failureCodes } from "#lib/media/failures.ts";
import { fuzz } from "#tests/corpus/hostile/fuzz-run.ts";
import { type Ground, openGround } from "#tests/corpus/hostile/ground.ts";

let ground: Ground;
beforeAll(async () => {
  ground = await openGround();
});
afterAll(() => ground?.close());

test("five hundred bent files end in a result or a code, in bounded time and memory, and leave nothing", async () => {
  const before = process.memoryUsage().rss;
  const trials = await fuzz({ ground, count: 500, firstSeed: 1 });
  const ends = Object.groupBy(trials, ({ outcome }) => outcome);
  const slowest = trials.toSorted((a, b) => b.seconds - a.seconds)[0];
  const largest = trials.toSorted((a, b) => b.peakBytes - a.peakBytes)[0];
  const counts = Object.entries(ends).map(([end, list]) => `${list?.length ?? 0} ${end}`);
  process.stdout.write(`${counts.join(", ")}\n`);
  process.stdout.write(`slowest ${slowest?.file}: ${slowest?.seconds.toFixed(1)} s (${slowest?.outcome})\n`);
  process.stdout.write(`largest ${largest?.file}: ${Math.round((largest?.peakBytes ?? 0) / 1024 ** 2)} MiB\n`);
  expect(trials.flatMap(({ file, trespasses }) => trespasses.map((one) => `${file}: ${one}`))).toEqual([]);
  expect(Object.keys(ends).filter((end) => end !== "ready" && !(end in failureCodes))).toEqual([]);
  expect(slowest?.seconds).toBeLessThan(60);
  expect(largest?.peakBytes).toBeLessThan(1024 ** 3);
  // The process that drives the steps, as a worker does, neither died nor grew.
  expect(process.memoryUsage().rss - before).toBeLessThan(512 * 1024 ** 2);
}, 3_600_000);
