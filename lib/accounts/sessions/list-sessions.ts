import type { SessionDto, SessionPageDto } from "#lib/accounts/dto.ts";
import { describeUserAgent } from "#lib/accounts/sessions/describe-user-agent.ts";
import type { Viewer } from "#lib/accounts/viewer.ts";
import { db } from "#lib/db/client.ts";
import { listSessionRows, type SessionRow } from "#lib/db/queries/accounts/sessions.ts";
import { AppError } from "#lib/errors.ts";

const toSessionDto = (row: SessionRow, currentId: string | null): SessionDto => ({
  id: row.id,
  kind: row.kind,
  current: row.id === currentId,
  ...describeUserAgent(row.userAgent),
  address: row.address,
  lastSeenAt: row.lastSeenAt.toISOString(),
  createdAt: row.createdAt.toISOString(),
});

/** The caller's sessions that hold, newest first; `currentId` is the one that asks. Throws `unauthenticated`. */
export const listSessions = async ({
  viewer,
  currentId,
  query,
}: {
  viewer: Viewer;
  currentId: string | null;
  /** `cursor` is the id of the last session of the page before. */
  query: { limit: number; cursor?: string | undefined };
}): Promise<SessionPageDto> => {
  if (viewer === null) throw new AppError("unauthenticated");
  const { limit, cursor } = query;
  const rows = await listSessionRows(db(), { userId: viewer.id, limit: limit + 1, before: cursor });
  const items = rows.slice(0, limit).map((row) => toSessionDto(row, currentId));
  return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
};
