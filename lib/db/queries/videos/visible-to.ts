import { and, inArray, isNull, ne, or, type SQL, sql } from "drizzle-orm";
import type { DbOrTx } from "#lib/db/client.ts";
import { channelsOfMember } from "#lib/db/queries/channels/channel-members.ts";
import { videos } from "#lib/db/schema/index.ts";

/** Who looks: an account's id, or null for strangers; admins see what is not deleted. */
export type Looker = { userId: string | null; isAdmin: boolean };

const ownOf = (tx: DbOrTx, { userId }: Looker): SQL | undefined =>
  userId === null ? undefined : inArray(videos.channelId, channelsOfMember(tx, userId));

/**
 * Condition on `videos`: what somebody may see by its address. The same as `maySee` of lib/videos/policy.ts, for lists that
 * other people filled.
 */
export const visibleTo = (tx: DbOrTx, looker: Looker): SQL | undefined => {
  const open = and(ne(videos.visibility, "private"), isNull(videos.takenDownAt));
  return and(isNull(videos.deletedAt), looker.isAdmin ? undefined : or(open, ownOf(tx, looker)));
};

/**
 * Condition on `videos`: what a list that everybody finds tells somebody of. An unlisted video that another person put into
 * it would be listed by that, and so would one that is not ready: only who works on them finds them there.
 */
export const toldTo = (tx: DbOrTx, looker: Looker): SQL | undefined =>
  and(isNull(videos.deletedAt), looker.isAdmin ? undefined : or(listed(), ownOf(tx, looker)));

/**
 * Condition on `videos`: what everybody finds in lists. Written out instead of passed as values: a plan for any value could not
 * read the indexes of public videos, and the database would plan anew each time.
 */
export const listed = (): SQL => sql`(${videos.visibility} = 'public' and ${videos.status} = 'ready'
  and ${videos.deletedAt} is null and ${videos.takenDownAt} is null and ${videos.publishedAt} is not null)`;
