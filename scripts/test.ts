import { env } from "#lib/env.ts";
import { ensureDataDir } from "#scripts/start/data-dir.ts";
import {
  browserTool,
  ensureMediaTools,
  ensureTool,
  offerConfinement,
  offerTool,
  redisTool,
} from "#scripts/start/install-tools.ts";
import { main } from "#scripts/start/main.ts";
import { runGates, runTests } from "#scripts/validate/run-gates.ts";
import { runVitest, type TestCounts } from "#scripts/validate/vitest-run.ts";

const say = (line: string) => console.log(line);

const setUp = async () => {
  await ensureMediaTools(say);
  await ensureDataDir(env().dataDir);
  await offerConfinement({ dataDir: env().dataDir, say });
  await ensureTool({ tool: browserTool, what: "Chromium", say, every: false });
  await offerTool({ tool: redisTool, what: "Redis or Valkey", say });
};

/** A run in which nothing ran has tested nothing. */
const atLeastOne = ({ passed, failed }: TestCounts): TestCounts =>
  passed + failed === 0 ? { passed, failed: 1 } : { passed, failed };

// `npm test`: sets itself up, runs every gate, the tests and the flows in a real browser on the production build.
await main(async () => {
  await setUp();
  const failedGates = await runGates();
  const tests = await runTests();
  const flows = atLeastOne(await runVitest({ projects: ["e2e"] }));
  const passed = tests.passed + flows.passed;
  const failed = tests.failed + flows.failed;
  if (failedGates > 0) console.log(`${failedGates} gates did not let through.`);
  console.log(`${passed} passed, ${failed + failedGates} failed`);
  return failed + failedGates === 0 ? 0 : 1;
});
