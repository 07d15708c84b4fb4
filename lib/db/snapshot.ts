import { db } from "#lib/db/client.ts";
import { freshReading } from "#lib/db/fresh-reading.ts";
import { readSnapshot } from "#lib/db/queries/instance/snapshot.ts";

/**
 * Makes what tells what is committed now, never as of before it was asked; see `readSnapshot`. Those who ask the same one at
 * about the same time share a reading. Null when it cannot be told within a second.
 */
export const freshSnapshots = (): (() => Promise<string | null>) => freshReading(() => readSnapshot(db()));
