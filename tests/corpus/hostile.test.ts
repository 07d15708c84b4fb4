import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { failureCodes } from "#lib/media/failures.ts";
import { bombs } from "#tests/corpus/hostile/bombs.ts";
import { type Ground, openGround } from "#tests/corpus/hostile/ground.ts";
import { disguises, innerReferences, playlists } from "#tests/corpus/hostile/references.ts";

let ground: Ground;
beforeAll(async () => {
  ground = await openGround();
});
afterAll(() => ground?.close());

const anyEnd = ["ready", ...Object.keys(failureCodes)];
const gibibyte = 1024 ** 3;

describe.each(playlists)("a playlist in disguise: $about", ({ text }) => {
  test.each(disguises)("named .%s", async (extension) => {
    const path = join(ground.folder, `list.${extension}`);
    await writeFile(path, text(ground));
    const { outcome, trespasses } = await ground.tryFile(path);
    expect(trespasses).toEqual([]);
    expect(outcome).toBe("not_media");
  });
});

test.each(innerReferences)("media that names other files: $about", async ({ name, make }) => {
  const path = join(ground.folder, name);
  await make({ path, folder: ground.folder, bait: ground });
  const { outcome, trespasses } = await ground.tryFile(path);
  expect(trespasses).toEqual([]);
  expect(anyEnd).toContain(outcome);
});

test.each(bombs)("a bomb: $about", async ({ name, make, outcomes }) => {
  const path = join(ground.folder, name);
  await make({ path, folder: ground.folder });
  const { outcome, trespasses, seconds, peakBytes } = await ground.tryFile(path);
  expect(trespasses).toEqual([]);
  expect(outcomes ?? anyEnd).toContain(outcome);
  expect(seconds).toBeLessThan(90);
  expect(peakBytes).toBeLessThan(2 * gibibyte);
});
