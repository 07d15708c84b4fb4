import type { Payer } from "#lib/db/queries/usage/quota.ts";
import type { InstanceSettings } from "#lib/settings/definitions.ts";

/** What an account may store, begin to upload in a day and deliver in a month, in bytes; null for no limit. */
export type Limits = {
  storageQuotaBytes: number | null;
  dailyUploadBytes: number | null;
  monthlyDeliveryBytes: number | null;
};

/** An account's limits: its own where an admin has set one, else the instance's. */
export const limitsOfPayer = ({ payer, usual }: { payer: Payer; usual: InstanceSettings }): Limits => ({
  storageQuotaBytes: payer.storageQuotaBytes ?? usual.storageQuotaBytes,
  dailyUploadBytes: payer.dailyUploadBytes ?? usual.dailyUploadBytes,
  monthlyDeliveryBytes: payer.monthlyDeliveryBytes ?? usual.monthlyDeliveryBytes,
});
