import type { Viewer } from "#lib/accounts/viewer.ts";
import { db, transaction } from "#lib/db/client.ts";
import { recordAudit } from "#lib/db/queries/instance/audit.ts";
import {
  findMail,
  listMailLines,
  type MailLine,
  type MailRow,
  requeueMail,
} from "#lib/db/queries/notifications/mails.ts";
import { env } from "#lib/env.ts";
import { AppError } from "#lib/errors.ts";
import { idSchema } from "#lib/ids.ts";
import { enqueue } from "#lib/jobs/enqueue.ts";
import type { MailDto, MailPageDto, MailQuery } from "#lib/mail/dto.ts";
import { mailJobKey } from "#lib/mail/mail-job-key.ts";

const requireAdmin = (viewer: Viewer): string => {
  if (viewer === null) throw new AppError("unauthenticated");
  if (viewer.role !== "admin") throw new AppError("forbidden");
  return viewer.id;
};

const toLine = (row: MailLine): MailPageDto["items"][number] => ({
  ...{ id: row.id, userId: row.userId, toAddress: row.toAddress, kind: row.kind, locale: row.locale },
  ...{ subject: row.subject, state: row.state, attempts: row.attempts, lastError: row.lastError },
  createdAt: row.createdAt.toISOString(),
  sentAt: row.sentAt?.toISOString() ?? null,
});

const toMailDto = (row: MailRow): MailDto => ({
  ...toLine(row),
  text: row.bodyText === "" ? null : row.bodyText,
  html: row.bodyHtml === "" ? null : row.bodyHtml,
});

const positionOf = (cursor: string | undefined): string | undefined => {
  if (cursor === undefined) return undefined;
  const parsed = idSchema.safeParse(cursor);
  if (parsed.success) return parsed.data;
  throw new AppError("invalid_input", { fields: { cursor: "cursor_unknown" }, cause: parsed.error });
};

/** The outbox, newest first, without texts. For admins; throws `unauthenticated`, `forbidden`, and `invalid_input` for a cursor that is not ours. */
export const listMails = async ({ viewer, query }: { viewer: Viewer; query: MailQuery }): Promise<MailPageDto> => {
  requireAdmin(viewer);
  const { state, cursor, limit } = query;
  const rows = await listMailLines(db(), { state, after: positionOf(cursor), limit: limit + 1 });
  const page = rows.slice(0, limit);
  return { items: page.map(toLine), nextCursor: rows.length > limit ? (page.at(-1)?.id ?? null) : null };
};

/**
 * A mail with its text, as an operator without an SMTP server hands it on. Reading one is in the audit log, because some
 * hold an address that opens something. For admins; throws `unauthenticated`, `forbidden`, `not_found`.
 */
export const getMail = ({ viewer, mailId }: { viewer: Viewer; mailId: string }): Promise<MailDto> =>
  transaction(async (tx) => {
    const actorId = requireAdmin(viewer);
    const row = await findMail(tx, mailId);
    if (row === null) throw new AppError("not_found");
    const details = { kind: row.kind, state: row.state };
    await recordAudit(tx, { actorId, action: "mail.read", targetType: "mail", targetId: mailId, details });
    return toMailDto(row);
  });

/**
 * Sends a mail that was held or has failed, with all its attempts anew. For admins; throws `unauthenticated`, `forbidden`,
 * `not_found`, and `conflict` when it waits or was sent, or when there is no SMTP server.
 */
export const retryMail = ({ viewer, mailId }: { viewer: Viewer; mailId: string }): Promise<MailDto> =>
  transaction(async (tx) => {
    const actorId = requireAdmin(viewer);
    const row = await findMail(tx, mailId);
    if (row === null) throw new AppError("not_found");
    if (env().smtp === null) {
      throw new AppError("conflict", { message: "There is no SMTP server.", hint: "Set SMTP_URL and MAIL_FROM." });
    }
    const queued = await requeueMail(tx, mailId);
    if (queued === null) throw new AppError("conflict", { message: "This mail waits already, or was sent." });
    await enqueue(tx, "notifications/send-mail", { mailId }, { key: mailJobKey(mailId) });
    const details = { kind: row.kind, state: row.state };
    await recordAudit(tx, { actorId, action: "mail.retry", targetType: "mail", targetId: mailId, details });
    return toMailDto(queued);
  });
