import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { withCaseTable } from "#tests/corpus/case-table.ts";
import { corpus } from "#tests/corpus/index.ts";
import { runCase } from "#tests/corpus/run-case.ts";
import { openStage, type Stage } from "#tests/corpus/stage.ts";

// A tenth of the corpus; `npm run test:corpus` runs all of it.
const chosen = corpus.flatMap(({ cases }) => cases.filter(({ everyTest }) => everyTest === true));
let folder: string;
let stage: Stage;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "kinora-corpus-"));
  stage = await openStage();
});
afterAll(async () => {
  await stage?.close();
  await rm(folder, { recursive: true, force: true });
});

test.each(chosen.map((entry) => ({ ...entry, entry })))("$name: $about", { timeout: 120_000 }, async ({ entry }) => {
  await runCase({ entry, folder, stage });
});

test("the table in the documents is that of the cases, and names are unique", async () => {
  const path = fileURLToPath(new URL("../../../docs/supported-files.md", import.meta.url));
  await expect(withCaseTable(await readFile(path, "utf8"))).toMatchFileSnapshot(path);
  const names = corpus.flatMap(({ cases }) => cases.map(({ name }) => name));
  expect(names.length).toBeGreaterThanOrEqual(60);
  expect(new Set(names).size).toBe(names.length);
});
