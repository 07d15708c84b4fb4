import type { Viewer } from "#lib/accounts/viewer.ts";
import type { AdminVideoLine, AdminVideoPage, AdminVideoQuery } from "#lib/admin/dto.ts";
import { decodeCursor, pageOf } from "#lib/admin/page-cursor.ts";
import { requireAdmin } from "#lib/admin/require-admin.ts";
import { db } from "#lib/db/client.ts";
import { type AdminVideoRow, listAdminVideoLines } from "#lib/db/queries/videos/admin-videos.ts";
import { idSchema } from "#lib/ids.ts";

const toLine = (row: AdminVideoRow): AdminVideoLine => ({
  ...{ id: row.id, title: row.title, status: row.status, visibility: row.visibility },
  ...{ failureCode: row.failureCode, durationMs: row.durationMs, storedBytes: row.storedBytes },
  channel: { id: row.channelId, handle: row.channelHandle, name: row.channelName },
  owner: { id: row.ownerId, username: row.ownerName },
  takenDown: row.takenDownAt === null ? null : { at: row.takenDownAt.toISOString(), reason: row.takedownReason ?? "" },
  deletedAt: row.deletedAt?.toISOString() ?? null,
  createdAt: row.createdAt.toISOString(),
});

/** What an admin looks for: a video's id, also out of its address, or a part of its texts. */
const lookedFor = (q: string | undefined): { videoId?: string; text?: string } => {
  const text = q?.trim() ?? "";
  if (text === "") return {};
  const inAddress = /\/(?:watch|videos)\/([0-9a-f-]{36})/i.exec(text)?.[1] ?? text;
  return idSchema.safeParse(inAddress).success ? { videoId: inAddress } : { text };
};

/** Everybody's videos, newest first. For admins; throws `unauthenticated`, `forbidden`, and `invalid_input` for a cursor that is not ours. */
export const listAllVideos = async ({
  viewer,
  query,
}: {
  viewer: Viewer;
  query: AdminVideoQuery;
}): Promise<AdminVideoPage> => {
  requireAdmin(viewer);
  const { q, owner, status, visibility, is, cursor, limit } = query;
  const after = decodeCursor(idSchema, cursor);
  const rows = await listAdminVideoLines(db(), {
    ...{ ...lookedFor(q), ownerId: owner, status, visibility, is, after },
    limit: limit + 1,
  });
  return pageOf(rows, { limit, toItem: toLine, toPosition: ({ id }) => id });
};
