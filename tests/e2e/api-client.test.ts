import { copyFile, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import openapiTypes from "openapi-typescript";
import { afterAll, beforeAll, expect, test } from "vitest";
import { projectRoot } from "#scripts/start/project.ts";
import { runCommand } from "#scripts/start/run-command.ts";
import { runTool } from "#scripts/validate/tool-gate.ts";
import { makeNumberedClip } from "#tests/e2e/time-code.ts";
import { type Site, startSite } from "#tests/setup/site.ts";

const options = {
  compilerOptions: {
    target: "es2024",
    lib: ["es2024", "dom"],
    module: "nodenext",
    types: ["node"],
    strict: true,
    noUncheckedIndexedAccess: true,
    noEmit: true,
    skipLibCheck: true,
    allowImportingTsExtensions: true,
  },
  files: ["program.ts"],
};

let site: Site;
let folder: string;

beforeAll(async () => {
  site = await startSite({ env: { WORKER_CONCURRENCY: "1" } });
  // Inside the project, so that the packages are found that such a program would install.
  const cache = join(projectRoot, ".cache");
  await mkdir(cache, { recursive: true });
  folder = await mkdtemp(join(cache, "api-client-"));
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await site?.stop();
});

/** Puts the program beside the types that its author would generate, and compiles both. */
const buildProgram = async (): Promise<string> => {
  const program = join(folder, "program.ts");
  await writeFile(join(folder, "paths.d.ts"), await openapiTypes(new URL(`${site.url}/api/v1/openapi.json`)));
  await writeFile(join(folder, "tsconfig.json"), JSON.stringify(options));
  await copyFile(join(import.meta.dirname, "api-client", "program.txt"), program);
  const { stdout } = await runTool({ packageName: "typescript", program: "tsc", args: ["--project", folder] });
  expect(stdout).toBe("");
  return program;
};

const codecs = ["-c:v", "libx264", "-preset", "ultrafast", "-g", "25", "-b:v", "400k", "-c:a", "aac"];

test("a client that was generated from the document uploads, waits, lists its own, and deletes", async () => {
  const program = await buildProgram();
  const file = await makeNumberedClip({ name: "program", size: "320x180", seconds: 3, container: "mp4", codecs });
  const title = "Прогулянка до лісу";
  const { stdout, stderr } = await runCommand({ command: process.execPath, args: [program, site.url, file, title] });
  expect(stderr).toBe("");
  expect(JSON.parse(stdout)).toEqual({
    ...{ status: "ready", playable: true, renditions: expect.any(Number) },
    ...{ mine: [title], found: [title], others: [] },
    ...{ deleted: 204, gone: "not_found", after: [] },
    refused: { displayName: expect.any(String) },
  });
});

test("the document names the site as its server", async () => {
  const response = await fetch(`${site.url}/api/v1/openapi.json`);
  expect(await response.json()).toMatchObject({ openapi: "3.1.0", servers: [{ url: site.url }] });
  expect(response.headers.get("access-control-allow-origin")).toBe("*");
});
