import { z } from "zod";
import { idSchema } from "#lib/ids.ts";

const state = z
  .enum(["queued", "held", "sent", "failed"])
  .describe("`held`: no SMTP server is configured; a retry sends it when there is one.");

/** A mail in the admin's outbox. */
export const mailLineSchema = z
  .object({
    id: idSchema,
    userId: idSchema.nullable().describe("Null for somebody without an account."),
    toAddress: z.string(),
    kind: z.string(),
    locale: z.enum(["en", "uk"]),
    subject: z.string(),
    state,
    attempts: z.number().int(),
    lastError: z.string().nullable().describe("The server's last refusal."),
    createdAt: z.iso.datetime(),
    sentAt: z.iso.datetime().nullable(),
  })
  .meta({ id: "MailLine" });

/** A page of the outbox, newest first. */
export const mailPageSchema = z
  .object({ items: z.array(mailLineSchema), nextCursor: z.string().nullable() })
  .meta({ id: "MailPage" });
/** See `mailPageSchema`. */
export type MailPageDto = z.output<typeof mailPageSchema>;

/** A mail with its text. */
export const mailSchema = mailLineSchema
  .extend({
    text: z.string().nullable().describe("Null once a mail with a secret address was sent: it is forgotten then."),
    html: z.string().nullable(),
  })
  .meta({ id: "Mail" });
/** See `mailSchema`. */
export type MailDto = z.output<typeof mailSchema>;

/** What the outbox may be asked for. */
export const mailQuerySchema = z.strictObject({
  state: state.optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
});
/** See `mailQuerySchema`. */
export type MailQuery = z.output<typeof mailQuerySchema>;
