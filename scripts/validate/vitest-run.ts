import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { childEnvironment } from "#lib/env.ts";
import { projectRoot } from "#scripts/start/project.ts";
import { toolPath } from "#scripts/validate/tool-gate.ts";

/** How many tests a run had. A run that ended badly without naming a test counts as one failed. */
export type TestCounts = { passed: number; failed: number };

const reportSchema = z.object({ success: z.boolean(), numPassedTests: z.number(), numFailedTests: z.number() });

/** Counts of one run from its report (null when it wrote none) and its exit code. */
export const countTests = (report: z.output<typeof reportSchema> | null, code: number | null): TestCounts => {
  const passed = report?.numPassedTests ?? 0;
  const failed = report?.numFailedTests ?? 0;
  // A file that does not load, or an error outside of tests, fails the run without a failed test.
  return { passed, failed: failed === 0 && (code !== 0 || report?.success !== true) ? 1 : failed };
};

/** Runs these Vitest projects and shows what they say. `files` narrows them down to matching test files. */
export const runVitest = async ({ projects, files = [] }: RunVitest): Promise<TestCounts> => {
  const work = await mkdtemp(join(tmpdir(), "kinora-vitest-"));
  const reportFile = join(work, "report.json");
  try {
    const program = await toolPath({ packageName: "vitest", program: "vitest" });
    const chosen = projects.flatMap((project) => ["--project", project]);
    const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${reportFile}`];
    const child = spawn(process.execPath, [program, "run", ...chosen, ...reporters, ...files], {
      cwd: projectRoot,
      stdio: ["ignore", "inherit", "inherit"],
      env: childEnvironment({ NODE_ENV: "test", DATABASE_URL: undefined, DATA_DIR: undefined }),
    });
    const code = await new Promise<number | null>((resolve) => {
      child.once("error", () => resolve(null));
      child.once("exit", resolve);
    });
    const text = await readFile(reportFile, "utf8").catch(() => null);
    return countTests(text === null ? null : reportSchema.parse(JSON.parse(text)), code);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
};

/** What `runVitest` runs. */
export type RunVitest = { projects: readonly string[]; files?: readonly string[] };
