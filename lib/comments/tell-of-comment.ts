import type { Tx } from "#lib/db/client.ts";
import { findUser } from "#lib/db/queries/accounts/users.ts";
import type { StoredComment } from "#lib/db/queries/people/comment-changes.ts";
import { findVideoSubject } from "#lib/db/queries/videos/video-title.ts";
import type { VideoRow } from "#lib/db/queries/videos/videos.ts";
import { recordEvent } from "#lib/notifications/record-event.ts";

type Told = {
  comment: Pick<StoredComment, "id" | "state" | "repliedToId" | "authorId">;
  video: VideoRow;
  author: string;
};

/** Whoever is told of a video's comments: who uploaded it while they work there, else the channel's founder. */
const tellChannel = async (tx: Tx, { comment, video, author }: Told): Promise<string | null> => {
  const subject = await findVideoSubject(tx, video.id);
  if (subject === null || subject.toldId === comment.authorId) return subject?.toldId ?? null;
  await recordEvent(tx, {
    ...{ type: "comment.received", userId: subject.toldId, channelId: video.channelId, videoId: video.id },
    data: { title: video.title, author, commentId: comment.id, held: comment.state === "held" },
    dedupeKey: `comment.received:${comment.id}`,
  });
  return subject.toldId;
};

/** Tells whom a reply answers of it, unless the video is closed to them. */
const tellAnswered = async (tx: Tx, { comment, video, author }: Told): Promise<void> => {
  const { repliedToId } = comment;
  if (repliedToId === null || repliedToId === comment.authorId) return;
  const answered = await findUser(tx, repliedToId);
  const open = video.visibility !== "private" || video.memberIds.includes(repliedToId) || answered?.role === "admin";
  if (answered === null || !open) return;
  await recordEvent(tx, {
    ...{ type: "comment.replied", userId: repliedToId, channelId: video.channelId, videoId: video.id },
    data: { title: video.title, author, commentId: comment.id },
    dedupeKey: `comment.replied:${comment.id}`,
  });
};

/**
 * Tells of a new comment in its transaction: the channel at once, whom it answers when everybody may read it. Whoever would
 * hear of both hears of the first only.
 */
export const tellOfComment = async (tx: Tx, told: Told): Promise<void> => {
  const channelTold = await tellChannel(tx, told);
  if (told.comment.state === "shown" && told.comment.repliedToId !== channelTold) await tellAnswered(tx, told);
};

/** Tells whom a reply answers of it once the channel has let it through; once only. */
export const tellOfRelease = async (tx: Tx, told: Told): Promise<void> => tellAnswered(tx, told);
