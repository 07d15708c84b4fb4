import { ensureMediaTools } from "#scripts/start/install-tools.ts";
import { main } from "#scripts/start/main.ts";
import { runVitest } from "#scripts/validate/vitest-run.ts";

// `npm run test:faults [file…]`: kills processes and fills disks for real, so it is not part of every run.
await main(async () => {
  await ensureMediaTools((line) => console.log(line));
  const { passed, failed } = await runVitest({ projects: ["faults"], files: process.argv.slice(2) });
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0 && passed > 0 ? 0 : 1;
});
