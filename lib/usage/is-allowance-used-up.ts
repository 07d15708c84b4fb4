import { db } from "#lib/db/client.ts";
import { listOverDelivered } from "#lib/db/queries/usage/delivered.ts";
import { findPayer } from "#lib/db/queries/usage/quota.ts";
import { instanceSettings } from "#lib/settings/instance-settings.ts";
import { utcMonth } from "#lib/usage/utc-day.ts";

/**
 * Whether the owner of a video's channel has used up the month's delivery, for pages that say so in the player's place. The
 * delivery path itself asks `isDeliveryOver`, which costs nothing.
 */
export const isAllowanceUsedUp = async (videoId: string): Promise<boolean> => {
  const payer = await findPayer(db(), videoId);
  if (payer === null) return false;
  const { monthlyDeliveryBytes: defaultLimitBytes } = await instanceSettings();
  if (payer.monthlyDeliveryBytes === null && defaultLimitBytes === null) return false;
  const month = utcMonth(new Date());
  return (await listOverDelivered(db(), { userIds: [payer.userId], month, defaultLimitBytes })).length > 0;
};
