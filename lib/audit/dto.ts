import { z } from "zod";
import { idSchema } from "#lib/ids.ts";

const facts = z.record(z.string(), z.unknown());

/** One thing that was done. */
export const auditEntrySchema = z
  .object({
    id: idSchema,
    actor: z
      .object({ id: idSchema, username: z.string().nullable() })
      .nullable()
      .describe("Null for what the system did by itself; `username` as it is now, null once the account is gone."),
    action: z.string().describe("Stable name, like `account.suspend`."),
    targetType: z.string(),
    targetId: z.string(),
    requestId: z.string().nullable(),
    address: z.string().nullable().describe("Where the request came from; null for what the system did."),
    before: facts.nullable().describe("What changed, field by field, as it was."),
    after: facts.nullable().describe("The same fields as they became."),
    details: facts,
    createdAt: z.iso.datetime(),
  })
  .meta({ id: "AuditEntry" });

/** See `auditEntrySchema`. */
export type AuditEntryDto = z.output<typeof auditEntrySchema>;

/** A page of the audit log, newest first. */
export const auditPageSchema = z
  .object({ items: z.array(auditEntrySchema), nextCursor: z.string().nullable() })
  .meta({ id: "AuditPage" });

/** See `auditPageSchema`. */
export type AuditPageDto = z.output<typeof auditPageSchema>;

/** What the audit log may be asked for. */
export const auditQuerySchema = z.strictObject({
  actor: idSchema.optional().describe("Id of the account that did it."),
  action: z
    .string()
    .min(1)
    .max(100)
    .optional()
    .describe("An action, or how several begin: `account.` for all that was done to accounts."),
  targetType: z.string().min(1).max(50).optional(),
  targetId: z.string().min(1).max(200).optional(),
  address: z.string().min(1).max(100).optional(),
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional().describe("Before this moment."),
  q: z.string().trim().max(200).optional().describe("A text anywhere in an entry."),
  cursor: idSchema.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
});

/** See `auditQuerySchema`. */
export type AuditQuery = z.output<typeof auditQuerySchema>;
