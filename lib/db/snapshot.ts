import { db } from "#lib/db/client.ts";
import { freshReading } from "#lib/db/fresh-reading.ts";
import { readSnapshot } from "#lib/db/queries/instance/snapshot.ts";

type Globals = { kinoraSnapshot?: () => Promise<string | null> };
// Next bundles every route apart; those who ask at once are in one process.
const globals = globalThis as typeof globalThis & Globals;

/**
 * What is committed now, never as of before it was asked for; see `readSnapshot`. Those who ask at about the same time share
 * a reading. Null when it cannot be told within a second.
 */
export const snapshotNow = (): Promise<string | null> => {
  globals.kinoraSnapshot ??= freshReading(() => readSnapshot(db()));
  return globals.kinoraSnapshot();
};
