import { z } from "zod";
import { idSchema } from "#lib/ids.ts";

const bytes = z.number().int().nonnegative();
const limit = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER).nullable();

/** What stored bytes are for. `working`: being made, or found without a name. */
export const storedKinds = ["originals", "streams", "pictures", "texts", "sound", "marks", "working"] as const;

/** See `storedKinds`. */
export type StoredKind = (typeof storedKinds)[number];

/** What an account stores, uploads and delivers. All sizes in bytes, days and months in UTC, limits null where there is none. */
export const usageSchema = z
  .object({
    stored: z.object({
      /** The sum of the account's ledger. */
      bytes: z.number().int(),
      /** Set aside by uploads that are on their way. */
      reservedBytes: bytes,
      quotaBytes: limit,
      /** Largest first; kinds without any are left out. */
      byKind: z.array(z.object({ kind: z.enum(storedKinds), bytes: z.number().int() })),
      /** The 20 videos that take most. */
      byVideo: z.array(
        z.object({
          videoId: idSchema,
          title: z.string(),
          bytes: z.number().int(),
          /** Its files go when the grace time is over. */
          deleted: z.boolean(),
        }),
      ),
    }),
    uploads: z.object({
      /** Begun today, aborted ones too. */
      todayBytes: bytes,
      dailyLimitBytes: limit,
    }),
    delivery: z.object({
      monthBytes: bytes,
      monthlyLimitBytes: limit,
      /** Whether others get an answer `delivery_limit_reached` until the month ends. */
      over: z.boolean(),
      /** One entry for each day asked for, the last one is today. */
      days: z.array(z.object({ day: z.iso.date(), bytes, requests: bytes })),
    }),
  })
  .meta({ id: "Usage" });

/** See `usageSchema`. */
export type UsageDto = z.output<typeof usageSchema>;

/** How many days of delivery are asked for. */
export const usageQuerySchema = z.strictObject({ days: z.enum(["30", "90"]).default("30") });

/** An account's limits: its own, null where it follows the instance, and what holds. */
export const limitsSchema = z
  .object({
    own: z.object({ storageQuotaBytes: limit, dailyUploadBytes: limit, monthlyDeliveryBytes: limit }),
    effective: z.object({ storageQuotaBytes: limit, dailyUploadBytes: limit, monthlyDeliveryBytes: limit }),
  })
  .meta({ id: "Limits" });

/** See `limitsSchema`. */
export type LimitsDto = z.output<typeof limitsSchema>;

/** A change of an account's own limits; null goes back to the instance's. */
export const limitsPatchSchema = z
  .strictObject({ storageQuotaBytes: limit, dailyUploadBytes: limit, monthlyDeliveryBytes: limit })
  .partial();

/** See `limitsPatchSchema`. */
export type LimitsPatch = z.output<typeof limitsPatchSchema>;
