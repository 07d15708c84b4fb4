import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { sourceHash } from "#scripts/start/build-site.ts";

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "kinora-hash-"));
  await mkdir(join(root, "app"));
  await writeFile(join(root, "app", "page.tsx"), "one");
});
afterEach(() => rm(root, { recursive: true }));

test("the fingerprint follows names and bytes of sources, and nothing else", async () => {
  const first = await sourceHash(root);
  await writeFile(join(root, "app", "page.test.tsx"), "a test");
  await writeFile(join(root, "README.md"), "words");
  expect(await sourceHash(root)).toBe(first);
  await writeFile(join(root, "app", "page.tsx"), "two");
  const second = await sourceHash(root);
  expect(second).not.toBe(first);
  await writeFile(join(root, "app", "layout.tsx"), "");
  expect(await sourceHash(root)).not.toBe(second);
});
