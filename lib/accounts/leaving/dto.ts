import { z } from "zod";
import { ownershipProofSchema } from "#lib/accounts/external/dto.ts";
import { idSchema } from "#lib/ids.ts";

/** What `DELETE /me` takes. */
export const leaveSchema = ownershipProofSchema
  .extend({ username: z.string().min(1).max(40).describe("The account's own username, typed to confirm.") })
  .meta({ id: "LeaveAccount" });
/** See `leaveSchema`. */
export type LeaveBody = z.output<typeof leaveSchema>;

/** What `DELETE /me` answers. */
export const leavingSchema = z
  .object({ removedAt: z.iso.datetime().describe("When everything is removed, unless it is taken back before.") })
  .meta({ id: "LeavingAccount" });
/** See `leavingSchema`. */
export type LeavingDto = z.output<typeof leavingSchema>;

/** What `GET /me/leaving` answers: what deleting the account takes along. */
export const leavingPreviewSchema = z
  .object({
    graceDays: z.number().int(),
    isLastAdmin: z.boolean().describe("Such an account cannot be deleted."),
    hasPassword: z.boolean(),
    hasSecondFactor: z.boolean(),
    channels: z.array(
      z.object({
        handle: z.string(),
        name: z.string(),
        videos: z.number().int(),
        members: z.number().int().describe("Others who work on it: they lose it too."),
      }),
    ),
  })
  .meta({ id: "LeavingPreview" });
/** See `leavingPreviewSchema`. */
export type LeavingPreviewDto = z.output<typeof leavingPreviewSchema>;

/** A file with all that is kept of an account. */
export const accountExportSchema = z
  .object({
    id: idSchema,
    state: z.enum(["queued", "ready", "expired"]),
    sizeBytes: z.number().int(),
    downloadUrl: z.string().nullable().describe("Needs its owner's session; null while there is no file."),
    createdAt: z.iso.datetime(),
    expiresAt: z.iso.datetime().nullable(),
  })
  .meta({ id: "AccountExport" });
/** See `accountExportSchema`. */
export type AccountExportDto = z.output<typeof accountExportSchema>;

/** What `GET /me/export` answers: the newest first. */
export const accountExportListSchema = z
  .object({ items: z.array(accountExportSchema) })
  .meta({ id: "AccountExportList" });
