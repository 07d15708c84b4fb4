import { db, transaction } from "#lib/db/client.ts";
import { findEngine, registerEngines } from "#lib/db/queries/search/changes.ts";
import type { SearchEngine } from "#lib/search/engine.ts";
import { postgresEngine } from "#lib/search/postgres/postgres-engine.ts";

/** Every engine of this instance, the one that answers first; `postgres` is always the last. */
export const searchEngines = (): readonly SearchEngine[] => [postgresEngine];

/** Has changes be noted for every engine of this instance and for no other. */
export const registerSearchEngines = async (): Promise<void> => {
  const names = searchEngines().map(({ name }) => name);
  const known = await Promise.all(names.map((name) => findEngine(db(), name)));
  if (known.every((row) => row !== null)) return;
  await transaction((tx) => registerEngines(tx, names));
};
