import { main } from "#scripts/start/main.ts";
import { runGates, runTests } from "#scripts/validate/run-gates.ts";

// The one gate: `npm run validate` lets a change through or says why not.
await main(async () => {
  const failedGates = await runGates();
  const tests = await runTests();
  return failedGates === 0 && tests.failed === 0 ? 0 : 1;
});
