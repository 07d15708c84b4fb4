import { transaction } from "#lib/db/client.ts";
import { noteQuotaMarks } from "#lib/db/queries/usage/quota.ts";
import { recordEvent } from "#lib/notifications/record-event.ts";
import { instanceSettings } from "#lib/settings/instance-settings.ts";

/**
 * Tells accounts that have risen to 80 or 95 percent of their quota, stored and set aside together: once each time. Called
 * every minute at least; safe beside other processes. Returns how many were told.
 */
export const tellQuotaMarks = async (): Promise<number> => {
  const { storageQuotaBytes: defaultQuotaBytes } = await instanceSettings();
  return transaction(async (tx) => {
    const risen = await noteQuotaMarks(tx, { defaultQuotaBytes });
    for (const { userId, percent, crossing, ...facts } of risen) {
      const dedupeKey = `quota.near:${userId}:${percent}:${crossing}`;
      await recordEvent(tx, { type: "quota.near", userId, data: { percent, ...facts }, dedupeKey });
    }
    return risen.length;
  });
};
