import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, test } from "vitest";
import { closePackaging } from "#lib/packaging/index.ts";
import { clipNames, expectFaithfulCopy, expectSameFrames, isAvi } from "#tests/media/copied-clips.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "kinora-copy-"));
});
afterAll(async () => {
  await closePackaging();
  await rm(folder, { recursive: true, force: true });
});

test.each(clipNames)("chunks of %s show at every time the very frame that one reading shows", async (name) => {
  await expectSameFrames(name, folder);
});

test.each(clipNames.filter((name) => !isAvi(name)))(
  "every frame of a copy of %s is the original's, to the last pixel",
  async (name) => {
    await expectFaithfulCopy(name, folder);
  },
);
