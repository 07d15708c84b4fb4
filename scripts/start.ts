import { main } from "#scripts/start/main.ts";
import { runSite } from "#scripts/start/run-site.ts";

await main(async () => {
  await runSite("production");
  return 0;
});
