import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { ensureDataDir } from "#scripts/start/data-dir.ts";

test("nobody else on the machine may look into what a data folder keeps", async () => {
  const parent = await mkdtemp(join(tmpdir(), "kinora-data-dir-"));
  onTestFinished(() => rm(parent, { recursive: true, force: true }));
  const dataDir = join(parent, "a folder with spaces");
  await ensureDataDir(dataDir);
  for (const name of ["run", "logs", "storage", "uploads", "scratch"]) {
    expect([name, (await stat(join(dataDir, name))).mode & 0o077]).toEqual([name, 0]);
  }
});
