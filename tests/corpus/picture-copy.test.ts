import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { closePackaging } from "#lib/packaging/index.ts";
import { clipNames, hashesOfCopy, inChunksAndWhole, isAvi } from "#tests/media/copied-clips.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "kinora-copy-"));
});
afterAll(async () => {
  await closePackaging();
  await rm(folder, { recursive: true, force: true });
});

test.each(clipNames)("chunks of %s show at every time the very frame that one reading shows", async (name) => {
  const { chunks, copied, frames } = await inChunksAndWhole(name, folder);
  expect(chunks.cut).toBeGreaterThan(2);
  expect(chunks.whole).toBe(1);
  expect(copied).toEqual({ cut: !isAvi(name), whole: false });
  expect(frames.cut).toEqual(frames.whole);
});

test.each(clipNames.filter((name) => !isAvi(name)))(
  "every frame of a copy of %s is the original's, to the last pixel",
  async (name) => {
    const { copy, original } = await hashesOfCopy(name, folder);
    expect(copy).toEqual(original);
  },
);
