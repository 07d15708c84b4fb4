import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { closePackaging } from "#lib/packaging/index.ts";
import { aviWithIndex, lies, shownByIndex } from "#tests/media/avi-with-index.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "kinora-lies-"));
});
afterAll(async () => {
  await closePackaging();
  await rm(folder, { recursive: true, force: true });
});

test.each(Object.entries(lies))("an AVI in whose index %s shows what one reading shows", async (name, change) => {
  const { chunks, cut, whole } = await shownByIndex(await aviWithIndex({ folder, name, change }), folder);
  expect(chunks).toBe(1);
  expect(cut).toEqual(whole);
});
