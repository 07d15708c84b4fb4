import { db, transaction } from "#lib/db/client.ts";
import { dropDeadRebuilds, findEngine, registerEngines } from "#lib/db/queries/search/changes.ts";
import { env } from "#lib/env.ts";
import type { SearchEngine } from "#lib/search/engine.ts";
import { postgresEngine } from "#lib/search/postgres/postgres-engine.ts";
import { typesenseEngine } from "#lib/search/typesense/typesense-engine.ts";

let made: { key: string; engines: readonly SearchEngine[] } | undefined;

/**
 * Every engine of this instance, the one that answers first; `postgres` is always the last. Made once for a configuration:
 * an engine remembers whether its server is away.
 */
export const searchEngines = (): readonly SearchEngine[] => {
  const { typesense } = env();
  const key = JSON.stringify(typesense);
  if (made?.key !== key) {
    made = { key, engines: [...(typesense === null ? [] : [typesenseEngine(typesense)]), postgresEngine] };
  }
  return made.engines;
};

/** Whether searches are answered from the database alone: no other server can be away, behind or emptied. */
export const searchesInDatabase = (): boolean => env().typesense === null;

/** Has changes be noted for every engine of this instance and for no other. */
export const registerSearchEngines = async (): Promise<void> => {
  await dropDeadRebuilds(db());
  const names = searchEngines().map(({ name }) => name);
  const known = await Promise.all(names.map((name) => findEngine(db(), name)));
  if (known.every((row) => row !== null)) return;
  await transaction((tx) => registerEngines(tx, names));
};
