import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, open, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { childEnvironment } from "#lib/env.ts";
import { writeBrotliCopies } from "#scripts/start/brotli-copies.ts";
import { keepFile } from "#scripts/start/keep-file.ts";
import { LaunchError } from "#scripts/start/launch-error.ts";
import { withMachineLock } from "#scripts/start/machine-lock.ts";
import { nextProgram, projectRoot } from "#scripts/start/project.ts";

const sources = [
  "app",
  "components",
  "lib",
  "public",
  "instrumentation.ts",
  "next.config.ts",
  "package-lock.json",
  "package.json",
  "postcss.config.mjs",
  "proxy.ts",
] as const;

const isTest = (path: string) => /\.test\.tsx?$/.test(path);

const listFiles = async (path: string): Promise<string[]> => {
  const stats = await stat(path).catch(() => null);
  if (stats === null) return [];
  if (!stats.isDirectory()) return [path];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
};

/**
 * Fingerprint of everything that goes into the built pages: names and bytes of the sources, and the Node that builds.
 * `root` is the project's folder.
 */
export const sourceHash = async (root: string): Promise<string> => {
  const hash = createHash("sha256").update(process.version);
  for (const source of sources) {
    for (const path of (await listFiles(join(root, source))).filter((name) => !isTest(name)).sort()) {
      const bytes = await readFile(path);
      hash.update(`\0${path.slice(root.length)}\0${bytes.length}\0`).update(bytes);
    }
  }
  return hash.digest("hex");
};

const recordPath = (distDir: string) => join(projectRoot, distDir, "kinora-build");

const tail = (text: string) => text.trimEnd().split("\n").slice(-40).join("\n");

type RunBuild = { distDir: string; logFile: string; signal: AbortSignal | undefined };

const runBuild = async ({ distDir, logFile, signal }: RunBuild) => {
  const log = await open(logFile, "w", 0o600);
  const child = spawn(process.execPath, [nextProgram, "build"], {
    cwd: projectRoot,
    stdio: ["ignore", log.fd, log.fd],
    signal,
    env: childEnvironment({ NODE_ENV: "production", KINORA_DIST_DIR: distDir, NEXT_TELEMETRY_DISABLED: "1" }),
  });
  const code = await new Promise<number | null>((resolve) => {
    child.once("error", () => resolve(null));
    child.once("close", resolve);
  });
  await log.close();
  return code;
};

/** Where to build into and where the builder's words go. */
export type BuildSite = { distDir: string; logsDir: string; say: (line: string) => void; signal?: AbortSignal };

/**
 * Builds the pages when their sources differ from those of the last build. One build per clone at a time. Throws
 * `LaunchError` with the end of the builder's words. Returns whether it built.
 */
export const buildSite = ({ distDir, logsDir, say, signal }: BuildSite): Promise<boolean> =>
  withMachineLock(`build:${projectRoot}`, async () => {
    const wanted = await sourceHash(projectRoot);
    const built = await readFile(recordPath(distDir), "utf8").catch(() => "");
    if (built.trim() === wanted) return false;
    say("Building the pages; this takes about a minute and happens only when they have changed.");
    // Without its record a build that is cut short counts as none.
    await rm(recordPath(distDir), { force: true });
    await mkdir(logsDir, { recursive: true });
    const logFile = join(logsDir, "build.log");
    const restoreConfig = await keepFile(join(projectRoot, "tsconfig.json"));
    const code = await runBuild({ distDir, logFile, signal }).finally(restoreConfig);
    signal?.throwIfAborted();
    if (code !== 0) {
      throw new LaunchError(`The pages could not be built:\n${tail(await readFile(logFile, "utf8"))}`);
    }
    await writeBrotliCopies(join(projectRoot, distDir, "static"));
    await writeFile(recordPath(distDir), `${wanted}\n`);
    return true;
  });
