import { boundariesGate } from "#scripts/validate/boundaries.ts";
import type { Gate } from "#scripts/validate/gate.ts";
import { messagesGate } from "#scripts/validate/messages.ts";
import { migrationDriftGate } from "#scripts/validate/migration-drift.ts";
import { openapiGate } from "#scripts/validate/openapi.ts";
import { coloursGate, fileLengthGate, sqlPlaceGate } from "#scripts/validate/source-rules.ts";
import { toolGate } from "#scripts/validate/tool-gate.ts";
import { runVitest, type TestCounts } from "#scripts/validate/vitest-run.ts";

/** Every gate before the tests, in the order in which they are told. */
const gates: readonly Gate[] = [
  toolGate({ name: "types", packageName: "typescript", program: "tsc", args: ["--noEmit", "--project", "."] }),
  toolGate({
    name: "format and lint",
    packageName: "@biomejs/biome",
    program: "biome",
    args: ["ci", "--error-on-warnings", "--diagnostic-level=warn", "--colors=off", "."],
  }),
  boundariesGate,
  toolGate({ name: "dead code", packageName: "knip", program: "knip", args: ["--no-progress"] }),
  messagesGate,
  coloursGate,
  sqlPlaceGate,
  fileLengthGate,
  migrationDriftGate,
  openapiGate,
];

/** As many as there are processors on a small machine; each gate is mostly one process. */
const atOnce = 2;

const runGate = async (gate: Gate): Promise<boolean> => {
  const startedMs = Date.now();
  const { ok, output } = await gate.run().catch((error: unknown) => ({
    ok: false,
    output: error instanceof Error ? (error.stack ?? error.message) : String(error),
  }));
  const seconds = ((Date.now() - startedMs) / 1000).toFixed(1);
  console.log(`${ok ? "ok  " : "FAIL"} ${gate.name} (${seconds} s)`);
  if (!ok) console.log(output.trimEnd());
  return ok;
};

/** Runs every gate but the tests, two at a time, one line each. Resolves with the number of gates that did not let through. */
export const runGates = async (): Promise<number> => {
  const waiting = [...gates];
  let failures = 0;
  const work = async () => {
    for (let gate = waiting.shift(); gate !== undefined; gate = waiting.shift()) {
      if (!(await runGate(gate))) failures += 1;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return failures;
};

/** Unit and integration tests, told as one gate. Fails when no test ran. */
export const runTests = async (): Promise<TestCounts> => {
  const startedMs = Date.now();
  const counts = await runVitest({ projects: ["unit", "integration"] });
  const ok = counts.failed === 0 && counts.passed > 0;
  console.log(`${ok ? "ok  " : "FAIL"} tests (${((Date.now() - startedMs) / 1000).toFixed(1)} s)`);
  return counts.passed === 0 && counts.failed === 0 ? { passed: 0, failed: 1 } : counts;
};
