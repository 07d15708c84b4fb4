import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { newId } from "#lib/ids.ts";
import { createScratchSpace, forgetDeadReservations, type ScratchLimits } from "#worker/supervision/scratch-space.ts";

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "kinora-scratch-"));
});
afterEach(() => rm(root, { recursive: true }));

const one = newId();
const two = newId();
const notes = async () => (await readdir(join(root, "reserved"))).length;

const spaceOf = (workerId: string, changes: { present?: string[]; limits?: Partial<ScratchLimits> } = {}) =>
  createScratchSpace({
    root,
    workerId,
    limits: { floorBytes: 0, maxBytes: 1000, ...changes.limits },
    presentWorkers: async () => new Set(changes.present ?? [one, two]),
  });

it("sets space aside until it is released, for all workers on the disk together", async () => {
  const first = await spaceOf(one).reserve({ path: join(root, "a"), bytes: 600 });
  expect(first).not.toBeNull();
  expect(await spaceOf(two).reserve({ path: join(root, "b"), bytes: 500 })).toBeNull();
  // Smaller work goes on meanwhile.
  expect(await spaceOf(two).reserve({ path: join(root, "c"), bytes: 400 })).not.toBeNull();
  await first?.release();
  expect(await spaceOf(two).reserve({ path: join(root, "b"), bytes: 500 })).not.toBeNull();
});

it("counts what was written once: first as set aside, then as taken", async () => {
  const space = spaceOf(one);
  await mkdir(join(root, "a", "360p"), { recursive: true });
  const held = await space.reserve({ path: join(root, "a"), bytes: 600 });
  await writeFile(join(root, "a", "360p", "stream.mp4"), Buffer.alloc(600));
  expect(await space.reserve({ path: join(root, "b"), bytes: 400 })).not.toBeNull();
  expect(await space.reserve({ path: join(root, "c"), bytes: 1 })).toBeNull();
  // What is left behind counts although nothing is set aside for it any more.
  await held?.release();
  expect(await space.reserve({ path: join(root, "c"), bytes: 1 })).toBeNull();
});

it("never lets more in than there is room, however many race for it", async () => {
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      spaceOf(index % 2 === 0 ? one : two).reserve({ path: join(root, `race-${index}`), bytes: 300 }),
    ),
  );
  expect(answers.filter((answer) => answer !== null).length).toBeLessThanOrEqual(3);
  for (const answer of answers) await answer?.release();
  expect(await notes()).toBe(0);
  const alone = spaceOf(one);
  const turns = await Promise.all(
    Array.from({ length: 20 }, (_, index) => alone.reserve({ path: join(root, `turn-${index}`), bytes: 300 })),
  );
  expect(turns.filter((answer) => answer !== null)).toHaveLength(3);
});

it("counts nothing of workers that are gone", async () => {
  await spaceOf(two).reserve({ path: join(root, "a"), bytes: 900 });
  expect(await spaceOf(one).reserve({ path: join(root, "b"), bytes: 200 })).toBeNull();
  expect(await spaceOf(one, { present: [] }).reserve({ path: join(root, "b"), bytes: 200 })).not.toBeNull();
  expect(await notes()).toBe(1);
  await forgetDeadReservations(root, new Set());
  expect(await notes()).toBe(0);
});

it("keeps the floor of the disk free", async () => {
  const limits = { maxBytes: null, floorBytes: 2 ** 60 };
  expect(await spaceOf(one, { limits }).reserve({ path: join(root, "a"), bytes: 1 })).toBeNull();
  const none = { maxBytes: null };
  expect(await spaceOf(one, { limits: none }).reserve({ path: join(root, "a"), bytes: 1 })).not.toBeNull();
  expect(await spaceOf(one, { limits: none }).reserve({ path: join(root, "b"), bytes: 2 ** 60 })).toBeNull();
});
