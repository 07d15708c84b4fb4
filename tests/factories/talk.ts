import { and, eq } from "drizzle-orm";
import { addComment } from "#lib/comments/add-comment.ts";
import { getComment } from "#lib/comments/read-comments.ts";
import { db } from "#lib/db/client.ts";
import { comments, videoReactions } from "#lib/db/schema/index.ts";
import { makePerson, type Person } from "#tests/factories/people.ts";
import { makeVideo } from "#tests/factories/rows.ts";

/** A public video of `owner` with two strangers who talk under it. */
export const makeTalk = async () => {
  const [owner, one, two] = [await makePerson(), await makePerson(), await makePerson()];
  const { id: videoId } = await makeVideo({
    ...{ creatorId: owner.account.id, channelId: owner.channelId, title: "A film" },
    ...{ visibility: "public", status: "ready", publishedAt: new Date() },
  });
  const write = ({ account: viewer }: Person, text: string, parentId: string | null = null) =>
    addComment({ viewer, videoId, comment: { text, parentId } });
  return { videoId, handle: owner.handle, owner, one, two, write };
};

/** A comment as somebody sees it. */
export const seen = async (person: Person | null, commentId: string) =>
  (await getComment({ viewer: person?.account ?? null, commentId })).comment;

/** What the counter says of a video's comments, and how many rows everybody sees. */
export const countedComments = async (videoId: string) => {
  const [row] = await db().select().from(videoReactions).where(eq(videoReactions.videoId, videoId));
  const visible = and(eq(comments.videoId, videoId), eq(comments.state, "shown"), eq(comments.hidden, false));
  return { counter: row?.comments ?? 0, rows: await db().$count(comments, visible) };
};
