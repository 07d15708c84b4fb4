import { eq, sum } from "drizzle-orm";
import { expect } from "vitest";
import { db } from "#lib/db/client.ts";
import { assets, quotaReservations, usageCounters, usageEntries } from "#lib/db/schema/index.ts";
import { storedBytesUnder } from "#lib/usage/stored-bytes.ts";

const areas = ["originals/", "runs/", "exports/", "watermarks/", "avatars/"];

const total = async (
  table: typeof usageEntries | typeof assets,
  column: typeof usageEntries.bytes | typeof assets.sizeBytes,
) => {
  const [row] = await db()
    .select({ bytes: sum(column) })
    .from(table);
  return Number(row?.bytes ?? 0);
};

/** Bytes of every object in the store. */
export const diskBytes = async (): Promise<number> => {
  let bytes = 0;
  for (const area of areas) bytes += await storedBytesUnder(area);
  return bytes;
};

/**
 * Fails unless the ledger's sum, the counters, the assets and all objects in the store are the same number of bytes, and
 * each account's reserved bytes the sum of its reservations. Returns that number.
 */
export const expectLedgerIsDisk = async (): Promise<number> => {
  const disk = await diskBytes();
  const counters = await db().select().from(usageCounters);
  const stored = counters.reduce((all, { storedBytes }) => all + storedBytes, 0);
  const ledger = await total(usageEntries, usageEntries.bytes);
  expect({ ledger, stored, assets: await total(assets, assets.sizeBytes) }).toEqual({
    ledger: disk,
    stored: disk,
    assets: disk,
  });
  for (const { userId, storedBytes, reservedBytes } of counters) {
    const [own] = await db()
      .select({ bytes: sum(usageEntries.bytes) })
      .from(usageEntries)
      .where(eq(usageEntries.userId, userId));
    const [open] = await db()
      .select({ bytes: sum(quotaReservations.bytes) })
      .from(quotaReservations)
      .where(eq(quotaReservations.userId, userId));
    expect({ storedBytes, reservedBytes }).toEqual({
      storedBytes: Number(own?.bytes ?? 0),
      reservedBytes: Number(open?.bytes ?? 0),
    });
  }
  return disk;
};
