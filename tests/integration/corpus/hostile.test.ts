import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { failureCodes } from "#lib/media/failures.ts";
import { bombs } from "#tests/corpus/hostile/bombs.ts";
import { fuzz } from "#tests/corpus/hostile/fuzz-run.ts";
import { type Ground, openGround } from "#tests/corpus/hostile/ground.ts";
import { innerReferences, playlists } from "#tests/corpus/hostile/references.ts";

// A sample; `npm run test:corpus` runs every playlist under every name, every bomb and five hundred bent files.
let ground: Ground;
beforeAll(async () => {
  ground = await openGround();
});
afterAll(() => ground?.close());

const codes = Object.keys(failureCodes);
const patient = { timeout: 120_000 };

test.each(playlists.slice(0, 9))("a playlist in disguise: $about", patient, async ({ text }) => {
  const path = join(ground.folder, "list.mp4");
  await writeFile(path, text(ground));
  expect(await ground.tryFile(path)).toMatchObject({ outcome: "not_media", trespasses: [] });
});

test.each(innerReferences.slice(0, 3))("media that name other files: $about", patient, async ({ name, make }) => {
  const path = join(ground.folder, name);
  await make({ path, folder: ground.folder, bait: ground });
  expect((await ground.tryFile(path)).trespasses).toEqual([]);
});

const quick = ["hundred-million-samples.mp4", "nested-boxes.mp4", "nested-tags.mkv", "twelve-hours.mkv"];
test.each(bombs.filter(({ name }) => quick.includes(name)))("a bomb: $about", patient, async (bomb) => {
  const path = join(ground.folder, bomb.name);
  await bomb.make({ path, folder: ground.folder });
  const { outcome, trespasses } = await ground.tryFile(path);
  expect(trespasses).toEqual([]);
  expect(bomb.outcomes ?? ["ready", ...codes]).toContain(outcome);
});

test("twenty bent files end in a result or a code and leave nothing", { timeout: 300_000 }, async () => {
  const trials = await fuzz({ ground, count: 20, firstSeed: 10_000 });
  expect(trials.flatMap(({ file, trespasses }) => trespasses.map((one) => `${file}: ${one}`))).toEqual([]);
  expect(trials.filter(({ outcome }) => outcome !== "ready" && !codes.includes(outcome))).toEqual([]);
});
