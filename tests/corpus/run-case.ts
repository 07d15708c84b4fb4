import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "vitest";
import { MediaFailure } from "#lib/media/failures.ts";
import { checkRun } from "#tests/corpus/check-run.ts";
import type { CorpusCase, ReadyExpectation } from "#tests/corpus/corpus-case.ts";
import type { Stage } from "#tests/corpus/stage.ts";
import { processFile } from "#tests/media/process-file.ts";

const checkPlayed = async (input: { stage: Stage; runDir: string; expected: ReadyExpectation }) => {
  const { expected } = input;
  const played = await input.stage.play({ runDir: input.runDir });
  expect(played, "as played in a browser").toMatchObject({ faults: [], ended: true });
  expect(Math.abs(played.duration - expected.seconds), `played length ${played.duration}`).toBeLessThan(
    expected.tolerance + 0.1,
  );
  expect(played.reached, "moved on from the start").toBeGreaterThan(Math.min(0.4, expected.seconds / 3));
  const shape = (size: { width: number; height: number }) => size.width / size.height;
  expect(Math.abs(shape(played) / shape(expected) - 1), `${played.width}x${played.height}`).toBeLessThan(0.05);
};

/** Makes one file, processes it by the worker's own steps, and checks its end: streams that play, or the right code. */
export const runCase = async ({ entry, folder, stage }: RunCase): Promise<void> => {
  const work = await mkdtemp(join(folder, "case-"));
  try {
    const sources = join(work, "in");
    await mkdir(sources);
    const sourcePath = join(sources, entry.name);
    await entry.make({ path: sourcePath, folder: sources });
    const outDir = join(work, "out");
    await mkdir(outDir);
    const { expected } = entry;
    if (expected.outcome === "failed") {
      await expect(processFile({ sourcePath, outDir }).then(({ plan }) => plan)).rejects.toSatisfy(
        (error) => error instanceof MediaFailure && error.code === expected.code,
        `must be refused as ${expected.code}`,
      );
      return;
    }
    const { runDir, finish } = await processFile({ sourcePath, outDir });
    expect(Math.abs(finish.durationMs / 1000 - expected.seconds), `length ${finish.durationMs} ms`).toBeLessThan(
      expected.tolerance,
    );
    await checkRun({ runDir, expected });
    if (stage !== null) await checkPlayed({ stage, runDir, expected });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
};

/** What `runCase` runs; without a stage nothing is played. */
export type RunCase = { entry: CorpusCase; folder: string; stage: Stage | null };
