import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { backOffMs, SupervisedProcess } from "#scripts/start/supervised-process.ts";
import { allowConsole } from "#tests/setup/console.ts";

test("the wait before the next try doubles up to half a minute", () => {
  expect([1, 2, 3, 4].map(backOffMs)).toEqual([500, 1000, 2000, 4000]);
  expect(backOffMs(30)).toBe(30_000);
});

test("a restart that cannot be recorded, as on a full disk, ends nobody and is not forgotten", async () => {
  allowConsole("error");
  const dataDir = await mkdtemp(join(tmpdir(), "kinora-supervised-"));
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }));
  await mkdir(join(dataDir, "run"));
  const deaths: string[] = [];
  const twice = Promise.withResolvers<void>();
  const supervised = new SupervisedProcess({
    ...{ name: "web", dataDir, command: process.execPath, args: ["-e", "setTimeout(() => {}, 200)"] },
    ...{ cwd: dataDir, env: { NODE_ENV: "test" } },
    onDeath: ({ reason }) => {
      deaths.push(reason);
      if (deaths.length === 2) twice.resolve();
    },
  });
  await supervised.start();
  await rm(join(dataDir, "run"), { recursive: true });
  await twice.promise;
  await supervised.stop({ graceMs: 1_000, hurry: new AbortController().signal });
  expect(deaths).toEqual(["code 0", "code 0"]);
});
