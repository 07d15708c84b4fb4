import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliDecompressSync } from "node:zlib";
import { expect, onTestFinished, test } from "vitest";
import { writeBrotliCopies } from "#scripts/start/brotli-copies.ts";

test("scripts and style sheets get a copy that is worth having; what is short or compressed already gets none", async () => {
  const folder = await mkdtemp(join(tmpdir(), "kinora-copies-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const long = "a line of some words\n".repeat(200);
  await mkdir(join(folder, "chunks"));
  for (const name of ["chunks/page.js", "page.css", "letters.woff2"]) await writeFile(join(folder, name), long);
  await writeFile(join(folder, "short.js"), "0;");
  await writeBrotliCopies(folder);
  const names = await readdir(folder, { recursive: true });
  expect(names.filter((name) => name.endsWith(".br")).toSorted()).toEqual([
    join("chunks", "page.js.br"),
    "page.css.br",
  ]);
  expect(brotliDecompressSync(await readFile(join(folder, "page.css.br"))).toString()).toBe(long);
});
