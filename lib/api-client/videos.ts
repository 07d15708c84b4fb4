import { pageToken } from "#lib/api-client/page-token.ts";
import { apiRequest } from "#lib/api-client/request.ts";
import type { VideoDto, VideoPageDto, VideoPatch } from "#lib/videos/dto.ts";

/** Filters of `GET /videos`. */
export type VideoListQuery = {
  /** Handle of a channel, without `@`. */
  channel?: string | undefined;
  /** Only the caller's own, in any state. */
  mine?: "true" | undefined;
  q?: string | undefined;
  sort?: "newest" | "oldest" | "trending" | "popular" | undefined;
  cursor?: string | undefined;
  limit?: number | undefined;
};

type Cancel = { signal?: AbortSignal | undefined };

/** A page of videos. Throws `ApiError`. */
export const fetchVideos = ({ query, signal }: { query: VideoListQuery } & Cancel): Promise<VideoPageDto> =>
  apiRequest({ path: "/videos", query, signal });

/**
 * One video, by the page's playback token where it has one. Throws `ApiError` (`not_found` for what the caller may not see,
 * `forbidden` for a token that has run out).
 */
export const fetchVideo = ({ videoId, signal }: { videoId: string } & Cancel): Promise<VideoDto> =>
  apiRequest({ path: `/videos/${videoId}`, query: { token: pageToken() }, signal });

/** Changes texts or visibility. Throws `ApiError` with `fields`. */
export const patchVideo = ({ videoId, patch }: { videoId: string; patch: VideoPatch }): Promise<VideoDto> =>
  apiRequest({ path: `/videos/${videoId}`, method: "PATCH", body: patch });

/** Takes a video away; `restoreVideo` brings it back within the grace time. */
export const deleteVideo = (videoId: string): Promise<void> =>
  apiRequest({ path: `/videos/${videoId}`, method: "DELETE" });

/** Brings a deleted video back. */
export const restoreVideo = (videoId: string): Promise<VideoDto> =>
  apiRequest({ path: `/videos/${videoId}/restore`, method: "POST" });

/** Stops the processing of a video. Throws `ApiError` `conflict` when nothing is being processed. */
export const cancelProcessing = (videoId: string): Promise<VideoDto> =>
  apiRequest({ path: `/videos/${videoId}/cancel`, method: "POST" });

/** Starts a new run over the kept original, or goes on with a failed one. */
export const reprocessVideo = (videoId: string): Promise<VideoDto> =>
  apiRequest({ path: `/videos/${videoId}/reprocess`, method: "POST" });

/** Announces a new file for a video that keeps its address; its bytes then go to the upload by tus. */
export const announceFile = ({
  videoId,
  ...file
}: {
  videoId: string;
  filename: string;
  sizeBytes: number;
  filetype: string;
}): Promise<{ uploadId: string }> => apiRequest({ path: `/videos/${videoId}/file`, method: "PUT", body: file });
