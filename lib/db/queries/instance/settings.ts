import { eq, inArray } from "drizzle-orm";
import type { DbOrTx } from "#lib/db/client.ts";
import { settings } from "#lib/db/schema/index.ts";

/** A setting's value, or undefined. `lock` keeps it until the transaction ends. */
export const findSetting = async (
  tx: DbOrTx,
  { key, lock = false }: { key: string; lock?: boolean },
): Promise<unknown> => {
  const query = tx.select({ value: settings.value }).from(settings).where(eq(settings.key, key)).limit(1);
  const [row] = await (lock ? query.for("update") : query);
  return row?.value;
};

/** Writes a setting over what was there. */
export const putSetting = async (tx: DbOrTx, { key, value }: { key: string; value: unknown }): Promise<void> => {
  const updatedAt = new Date();
  await tx
    .insert(settings)
    .values({ key, value, updatedAt })
    .onConflictDoUpdate({ target: settings.key, set: { value, updatedAt } });
};

/** Removes a setting. */
export const deleteSetting = async (tx: DbOrTx, key: string): Promise<void> => {
  await tx.delete(settings).where(eq(settings.key, key));
};

/** The values of several settings by key; those that are not stored are left out. */
export const findSettings = async (tx: DbOrTx, keys: readonly string[]): Promise<Map<string, unknown>> => {
  const rows = await tx
    .select({ key: settings.key, value: settings.value })
    .from(settings)
    .where(inArray(settings.key, [...keys]));
  return new Map(rows.map(({ key, value }) => [key, value]));
};
