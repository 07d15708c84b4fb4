import { browserTool, ensureMediaTools, ensureTool } from "#scripts/start/install-tools.ts";
import { main } from "#scripts/start/main.ts";
import { runVitest } from "#scripts/validate/vitest-run.ts";

// `npm run test:corpus [file…]`: every kind of file through the real steps and a real browser, then hostile and bent
// ones. It takes minutes, so `npm test` runs a sample of it.
await main(async () => {
  const say = (line: string) => console.log(line);
  await ensureMediaTools(say);
  await ensureTool({ tool: browserTool, what: "Chromium", say, every: false });
  const { passed, failed } = await runVitest({ projects: ["corpus"], files: process.argv.slice(2) });
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0 && passed > 0 ? 0 : 1;
});
