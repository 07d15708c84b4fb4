import { randomBytes } from "node:crypto";
import { Client } from "typesense";
import { afterAll, beforeAll, expect } from "vitest";
import { env, overrideEnv } from "#lib/env.ts";
import type { SearchEngine } from "#lib/search/engine.ts";
import { registerSearchEngines, searchEngines } from "#lib/search/engines.ts";
import { reindex } from "#lib/search/index/reindex.ts";
import { synonymsName } from "#lib/search/typesense/collections.ts";
import { startTypesenseDouble, type TypesenseDouble } from "#tests/setup/typesense/server.ts";

type Given = { url: string; apiKey: string };

const configured = (): Given | null => {
  const { typesense } = env();
  return typesense === null ? null : { url: typesense.nodes.join(","), apiKey: typesense.apiKey };
};

/** A real server is left as it was found. */
const removeFromServer = async ({ url, apiKey }: Given, prefix: string): Promise<void> => {
  const client = new Client({ nodes: url.split(",").map((node) => ({ url: node })), apiKey });
  for (const { name } of (await client.aliases().retrieve()).aliases) {
    if (name.startsWith(`${prefix}_`)) await client.aliases(name).delete();
  }
  for (const { name } of await client.collections().retrieve({ exclude_fields: "fields" })) {
    if (name.startsWith(`${prefix}_`)) await client.collections(name).delete();
  }
  await client.synonymSets(synonymsName(prefix)).delete();
};

/**
 * The Typesense engine with an empty index, for the contract suites: on the real server that TYPESENSE_URL and
 * TYPESENSE_API_KEY name, else on the double. To be called at the top of a file after `testDatabase()`.
 */
export const builtTypesense = (): { name: string; engine: () => SearchEngine } => {
  const real = configured();
  const prefix = `kinora-test-${randomBytes(4).toString("hex")}`;
  let double: TypesenseDouble | undefined;

  beforeAll(async () => {
    if (real === null) double = await startTypesenseDouble();
    const { url, apiKey } = real ?? double ?? { url: "", apiKey: "" };
    overrideEnv({ TYPESENSE_URL: url, TYPESENSE_API_KEY: apiKey, TYPESENSE_PREFIX: prefix });
    await registerSearchEngines();
    await reindex({ engine: engineOf(), signal: AbortSignal.timeout(20_000) });
  });

  afterAll(async () => {
    if (real !== null) await removeFromServer(real, prefix);
    await double?.stop();
    expect(double?.violations ?? []).toEqual([]);
  });

  const engineOf = (): SearchEngine => {
    const [engine] = searchEngines();
    if (engine?.name !== "typesense") throw new Error("Typesense is not configured.");
    return engine;
  };
  return { name: real === null ? "typesense, a double of its server" : "typesense", engine: engineOf };
};
