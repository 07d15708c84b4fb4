import { followMyVideos } from "#lib/api-client/events.ts";
import {
  cancelProcessing,
  deleteVideo,
  fetchVideo,
  fetchVideos,
  patchVideo,
  reprocessVideo,
  restoreVideo,
} from "#lib/api-client/videos.ts";
import type { StudioApi } from "./studio-store.ts";

/** The studio's list over the site's own API, for `account`, the caller's id. */
export const studioApi = (account: string): StudioApi => ({
  fetchPage: ({ query: { sort, q, channel }, cursor, limit }) =>
    fetchVideos({
      query: {
        ...{ mine: "true", sort, limit },
        ...(q === "" ? {} : { q }),
        ...(channel === "" ? {} : { channel }),
        ...(cursor === null ? {} : { cursor }),
      },
    }),
  fetchOne: (videoId) => fetchVideo({ videoId }),
  patch: patchVideo,
  remove: deleteVideo,
  restore: restoreVideo,
  reprocess: reprocessVideo,
  cancelProcessing,
  follow: ({ onVideo, onDeleted, onOpen, onLost }) =>
    followMyVideos({
      account,
      onEvent: ({ name, video }) => (name === "deleted" ? onDeleted(video.id) : onVideo(video)),
      onOpen,
      onLost,
    }),
});
