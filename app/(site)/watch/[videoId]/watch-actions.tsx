import { LikeButton } from "#components/library/like-button.tsx";
import { SaveButton } from "#components/library/save-button.tsx";
import { WatchKeeper } from "#components/library/watch-keeper.tsx";
import { readLikes } from "#lib/library/likes.ts";
import { currentViewer } from "#lib/web/identity/current-viewer.ts";
import { ifReachable } from "./if-reachable.ts";

/** What one may do about the video: like it, save it; and whoever has an account goes on later where they stopped. */
export const WatchActions = async ({ videoId }: { videoId: string }) => {
  const viewer = await currentViewer();
  const likes = await ifReachable(readLikes({ viewer, videoId }));
  if (likes === null) return null;
  return (
    <>
      <LikeButton videoId={videoId} first={likes} signedIn={viewer !== null} />
      {viewer === null ? null : <WatchKeeper key={videoId} videoId={videoId} />}
      <SaveButton videoId={videoId} signedIn={viewer !== null} />
    </>
  );
};
