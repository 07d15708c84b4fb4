import { afterAll } from "vitest";
import { closeDb } from "#lib/db/client.ts";
import { overrideEnv } from "#lib/env.ts";
import { strangerCrawl } from "#tests/e2e/crawl/stranger-crawl.ts";
import { type Site, startSite } from "#tests/setup/site.ts";

let site: Site | undefined;

afterAll(async () => {
  await closeDb();
  await site?.stop();
});

const authSecret = "only-for-tests-only-for-tests-only-for-tests";

strangerCrawl({
  engine: "postgres",
  open: async () => {
    site = await startSite({ env: { AUTH_SECRET: authSecret } });
    overrideEnv({ DATABASE_URL: site.databaseUrl, DATA_DIR: site.dataDir, AUTH_SECRET: authSecret });
    return { origin: site.url };
  },
});
