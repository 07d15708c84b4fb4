import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Probe } from "#lib/media/probe/probe.ts";
import { closePackaging } from "#lib/packaging/index.ts";
import { bombs } from "#tests/corpus/hostile/bombs.ts";
import { bend, seeds } from "#tests/corpus/hostile/fuzzer.ts";
import { type PackagingTrial, packageAll, probeOf } from "#tests/corpus/hostile/packaging-run.ts";

let folder: string;
/** Good files that the reader takes, by extension, and what ffprobe says of them. */
const good = new Map<string, { bytes: Buffer; probe: Probe }>();
const kinds = ["mp4", "mkv", "webm", "fragmented.mp4"];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "kinora-packaging-"));
  for (const { extension, make } of seeds.filter((seed) => kinds.includes(seed.extension))) {
    const path = join(folder, `seed.${extension}`);
    await make({ path, folder });
    good.set(extension, { bytes: await readFile(path), probe: await probeOf(path) });
  }
});
afterAll(async () => {
  await closePackaging();
  await rm(folder, { recursive: true, force: true });
});

const expectBounded = async (trial: PackagingTrial, path: string) => {
  expect(trial.seconds, trial.detail).toBeLessThan(30);
  expect(trial.detail).not.toContain("internal");
  expect(trial.segmentBytes).toBeLessThanOrEqual((await stat(path)).size + 1024 ** 2);
};

const wellProbed = (): Probe => {
  const found = good.get("mp4")?.probe;
  if (found === undefined) throw new Error("no good file");
  return found;
};

test.each(bombs.filter(({ name }) => /\.(mp4|mov|mkv|ts)$/.test(name)))(
  "the reader of containers bounds a bomb that ffprobe let through: $about",
  async ({ name, make }) => {
    const path = join(folder, name);
    await make({ path, folder });
    await expectBounded(await packageAll({ path, probe: wellProbed() }), path);
  },
);

test("three hundred bent files cost it neither its thread nor this process", async () => {
  const before = process.memoryUsage().rss;
  const trials: PackagingTrial[] = [];
  for (let seed = 1; seed <= 300; seed += 1) {
    const extension = kinds[seed % kinds.length] ?? "mp4";
    const file = good.get(extension);
    if (file === undefined) throw new Error(`no ${extension}`);
    const path = join(folder, `bent-${seed}.${extension}`);
    await writeFile(path, bend(file.bytes, seed));
    const trial = await packageAll({ path, probe: file.probe });
    await expectBounded(trial, path);
    trials.push(trial);
  }
  const ends = Object.entries(Object.groupBy(trials, ({ outcome }) => outcome));
  process.stdout.write(`${ends.map(([end, list]) => `${list?.length ?? 0} ${end}`).join(", ")}\n`);
  const details = Object.groupBy(trials, ({ detail }) => detail);
  for (const [detail, list] of Object.entries(details)) process.stdout.write(`  ${list?.length ?? 0} ${detail}\n`);
  process.stdout.write(`slowest ${Math.max(...trials.map(({ seconds }) => seconds)).toFixed(2)} s\n`);
  expect(process.memoryUsage().rss - before).toBeLessThan(512 * 1024 ** 2);
  const last = good.get("mp4");
  const path = join(folder, "good.mp4");
  await writeFile(path, last?.bytes ?? "");
  expect(await packageAll({ path, probe: wellProbed() })).toMatchObject({ outcome: "segments" });
}, 600_000);
