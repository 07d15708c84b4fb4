import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, test } from "vitest";
import { corpus } from "#tests/corpus/index.ts";
import { runCase } from "#tests/corpus/run-case.ts";
import { openStage, type Stage } from "#tests/corpus/stage.ts";

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

describe.each(corpus)("$topic", ({ cases }) => {
  test.each(cases.map((entry) => ({ ...entry, entry })))("$name: $about", async ({ entry }) => {
    await runCase({ entry, folder, stage });
  });
});
