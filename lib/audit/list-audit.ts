import type { Viewer } from "#lib/accounts/viewer.ts";
import { requireAdmin } from "#lib/admin/require-admin.ts";
import type { AuditEntryDto, AuditPageDto, AuditQuery } from "#lib/audit/dto.ts";
import { db } from "#lib/db/client.ts";
import { type AuditRow, listAuditRows } from "#lib/db/queries/instance/audit.ts";

const toEntryDto = ({ actorId, actorName, createdAt, ...row }: AuditRow): AuditEntryDto => ({
  ...row,
  actor: actorId === null ? null : { id: actorId, username: actorName },
  createdAt: createdAt.toISOString(),
});

// Years 0 and 10000 are valid in a request, but nothing that PostgreSQL takes; no row is older or newer than these.
const earliest = 0;
const latest = Date.parse("9999-12-31T23:59:59.999Z");

const dateOf = (text: string | undefined): Date | undefined =>
  text === undefined ? undefined : new Date(Math.min(Math.max(Date.parse(text), earliest), latest));

/** The audit log, newest first. For admins; throws `unauthenticated` and `forbidden`. */
export const listAudit = async ({ viewer, query }: { viewer: Viewer; query: AuditQuery }): Promise<AuditPageDto> => {
  requireAdmin(viewer);
  const { actor, action, targetType, targetId, address, from, to, q, cursor, limit } = query;
  const rows = await listAuditRows(db(), {
    ...{ actorId: actor, action, targetType, targetId, address, from: dateOf(from), to: dateOf(to) },
    text: q === "" ? undefined : q,
    after: cursor,
    limit: limit + 1,
  });
  const page = rows.slice(0, limit);
  return { items: page.map(toEntryDto), nextCursor: rows.length > limit ? (page.at(-1)?.id ?? null) : null };
};
