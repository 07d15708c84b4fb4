import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { secretFile } from "#scripts/start/secret-file.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "kinora-secret-"));
});
afterEach(() => rm(folder, { recursive: true }));

test("a secret is long, kept, and readable by its owner alone", async () => {
  const path = join(folder, "secret");
  const secret = await secretFile(path);
  expect(secret.length).toBeGreaterThanOrEqual(32);
  expect(await secretFile(path)).toBe(secret);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
});

test("several at once end with the same secret", async () => {
  const path = join(folder, "secret");
  expect(new Set(await Promise.all([secretFile(path), secretFile(path), secretFile(path)])).size).toBe(1);
});
