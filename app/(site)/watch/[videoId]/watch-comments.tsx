import { CommentSection } from "#components/comments/comment-section.tsx";
import { getMe } from "#lib/accounts/me.ts";
import { getComment, listComments } from "#lib/comments/read-comments.ts";
import { idSchema } from "#lib/ids.ts";
import { currentViewer } from "#lib/web/identity/current-viewer.ts";
import { ifReachable } from "./if-reachable.ts";

/** The comments under the video, their first page drawn here; `linkedId` is what a notice leads to. */
export const WatchComments = async ({
  video,
  linkedId,
}: {
  video: { id: string; durationMs: number | null; channel: { handle: string } };
  linkedId: string | string[] | undefined;
}) => {
  const viewer = await currentViewer();
  const videoId = video.id;
  const query = { limit: 20, sort: "top", state: "shown" } as const;
  const commentId = idSchema.safeParse(linkedId);
  const [first, me, linked] = await Promise.all([
    ifReachable(listComments({ viewer, videoId, query })),
    viewer === null ? null : getMe(viewer),
    commentId.success ? ifReachable(getComment({ viewer, commentId: commentId.data })) : null,
  ]);
  if (first === null) return null;
  const writer =
    viewer === null || me === null
      ? null
      : {
          ...{ userId: viewer.id, username: viewer.username, displayName: viewer.displayName },
          avatarUrl: me.avatarUrl,
        };
  return (
    <CommentSection
      key={videoId}
      videoId={videoId}
      channel={video.channel.handle}
      durationMs={video.durationMs}
      first={first}
      writer={writer}
      linked={linked?.comment.videoId === videoId ? linked : null}
    />
  );
};
