import { eq } from "drizzle-orm";
import { afterAll, expect } from "vitest";
import { closeDb, db } from "#lib/db/client.ts";
import { searchChanges } from "#lib/db/schema/index.ts";
import { overrideEnv } from "#lib/env.ts";
import { searchEngines } from "#lib/search/engines.ts";
import { reindex } from "#lib/search/index/reindex.ts";
import { type HeldIndex, strangerCrawl } from "#tests/e2e/crawl/stranger-crawl.ts";
import { type Site, startSite } from "#tests/setup/site.ts";
import { startTypesenseDouble, type TypesenseDouble } from "#tests/setup/typesense/server.ts";

let site: Site | undefined;
let server: TypesenseDouble | undefined;

afterAll(async () => {
  await closeDb();
  await site?.stop();
  await server?.stop();
  expect(server?.violations).toEqual([]);
});

const authSecret = "only-for-tests-only-for-tests-only-for-tests";
const hourMs = 3_600_000;

const heldIndex = (typesense: TypesenseDouble): HeldIndex => ({
  hold: () => typesense.hangOn("deleteDocuments"),
  stayFresh: () =>
    db()
      .update(searchChanges)
      .set({ createdAt: new Date(Date.now() + hourMs) })
      .where(eq(searchChanges.engine, "typesense")),
  release: () => typesense.hangOn(null),
  goAway: typesense.stop,
  comeBack: typesense.start,
  videoIds: () => new Set(typesense.store.collection("kinora_videos").docs.keys()),
});

strangerCrawl({
  engine: "typesense",
  open: async () => {
    server = await startTypesenseDouble();
    const given = { TYPESENSE_URL: server.url, TYPESENSE_API_KEY: server.apiKey, AUTH_SECRET: authSecret };
    site = await startSite({ env: given });
    overrideEnv({ DATABASE_URL: site.databaseUrl, DATA_DIR: site.dataDir, ...given });
    const [engine] = searchEngines();
    if (engine?.name !== "typesense") throw new Error("Typesense is configured here.");
    await reindex({ engine, signal: AbortSignal.timeout(60_000) });
    return { origin: site.url, index: heldIndex(server) };
  },
});
