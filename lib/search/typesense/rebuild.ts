import type { Client } from "typesense";
import { rebuildName } from "#lib/db/queries/search/changes.ts";
import { log } from "#lib/log.ts";
import type { IndexTarget, Rebuild } from "#lib/search/engine.ts";
import { typesenseTimes, withinTime } from "#lib/search/typesense/client.ts";
import {
  aliasesOf,
  type Collections,
  collectionKinds,
  createCollections,
  strayCollections,
} from "#lib/search/typesense/collections.ts";
import { writeInto } from "#lib/search/typesense/write-index.ts";

type Rebuilding = { client: Client; prefix: string; engine: IndexTarget };

const onServer = <T>(work: () => Promise<T>): Promise<T> => withinTime(typesenseTimes.write, work);

const removeCollections = async ({ client }: Rebuilding, names: readonly string[]): Promise<void> => {
  for (const name of names) await onServer(() => client.collections(name).delete());
};

/** What takes room and answers nothing goes when it can. */
const removeQuietly = async (rebuilding: Rebuilding, names: () => Promise<readonly string[]>): Promise<void> => {
  try {
    await removeCollections(rebuilding, await names());
  } catch (error) {
    const facts = { "event.action": "search.collections_left", engine: rebuilding.engine.name, err: error };
    log().warn(facts, "collections of an old search index are left on the server");
  }
};

const strays = ({ client, prefix }: Rebuilding): Promise<string[]> =>
  onServer(() => strayCollections(client, { prefix, but: [] }));

const moveAliases = async ({ client, prefix }: Rebuilding, made: Collections): Promise<void> => {
  const aliases = aliasesOf(prefix);
  for (const kind of collectionKinds) {
    await onServer(() => client.aliases().upsert(aliases[kind], { collection_name: made[kind] }));
  }
};

/**
 * Begins new, empty collections beside those that answer; what a rebuild that died left goes before. Only one rebuild at a
 * time: its caller sees to that.
 */
export const beginTypesenseRebuild = async (rebuilding: Rebuilding): Promise<Rebuild> => {
  const { client, prefix, engine } = rebuilding;
  await removeCollections(rebuilding, await strays(rebuilding));
  const made = await onServer(() => createCollections(client, { prefix, stamp: String(Date.now()) }));
  return {
    target: { ...writeInto({ client, collections: made }), name: rebuildName(engine.name), health: engine.health },
    publish: async () => {
      await moveAliases(rebuilding, made);
      await removeQuietly(rebuilding, () => strays(rebuilding));
    },
    discard: () => removeQuietly(rebuilding, () => strays(rebuilding)),
  };
};
