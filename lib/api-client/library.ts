import { apiRequest } from "#lib/api-client/request.ts";
import type {
  HistoryPageDto,
  HistoryStateDto,
  LikesDto,
  NewPlaylist,
  PlacedItemDto,
  PlaylistDto,
  PlaylistItemPageDto,
  PlaylistPageDto,
  PlaylistPatch,
  SavedDto,
  SubscriptionDto,
} from "#lib/library/dto.ts";
import type { VideoPageDto } from "#lib/videos/dto.ts";

/** Likes a video, or takes the like back. Throws `ApiError`. */
export const setLiked = ({ videoId, liked }: { videoId: string; liked: boolean }): Promise<LikesDto> =>
  apiRequest({ path: `/videos/${videoId}/like`, method: liked ? "PUT" : "DELETE" });

const channelPath = (handle: string) => `/channels/${encodeURIComponent(handle)}/subscription`;

/** Follows a channel, or changes whether new videos are told. Throws `ApiError`. */
export const putSubscription = ({
  handle,
  notify,
}: {
  handle: string;
  notify: "all" | "none";
}): Promise<SubscriptionDto> => apiRequest({ path: channelPath(handle), method: "PUT", body: { notify } });

/** Follows a channel no more. Throws `ApiError`. */
export const deleteSubscription = (handle: string): Promise<SubscriptionDto> =>
  apiRequest({ path: channelPath(handle), method: "DELETE" });

/** The caller's playlists; with `video` each tells whether it holds that one. Throws `ApiError`. */
export const fetchPlaylists = (query: { video?: string; cursor?: string; limit?: number }): Promise<PlaylistPageDto> =>
  apiRequest({ path: "/me/playlists", query });

/** Makes a playlist. Throws `ApiError`. */
export const createPlaylist = (playlist: NewPlaylist): Promise<PlaylistDto> =>
  apiRequest({ path: "/me/playlists", method: "POST", body: playlist });

/** Changes a playlist. Throws `ApiError`. */
export const patchPlaylist = ({
  playlistId,
  patch,
}: {
  playlistId: string;
  patch: PlaylistPatch;
}): Promise<PlaylistDto> => apiRequest({ path: `/playlists/${playlistId}`, method: "PATCH", body: patch });

/** Deletes a playlist. Throws `ApiError`. */
export const deletePlaylist = (playlistId: string): Promise<void> =>
  apiRequest({ path: `/playlists/${playlistId}`, method: "DELETE" });

/** Videos of a playlist, in its order. Throws `ApiError`. */
export const fetchPlaylistItems = ({
  playlistId,
  cursor,
}: {
  playlistId: string;
  cursor: string;
}): Promise<PlaylistItemPageDto> =>
  apiRequest({ path: `/playlists/${playlistId}/items`, query: { cursor, limit: 100 } });

/** Puts a video at the end of a playlist. Throws `ApiError`. */
export const addToPlaylist = ({
  playlistId,
  videoId,
}: {
  playlistId: string;
  videoId: string;
}): Promise<PlacedItemDto> => apiRequest({ path: `/playlists/${playlistId}/items`, method: "POST", body: { videoId } });

type Item = { playlistId: string; itemId: string };

/** Puts an item behind another one, or first. Throws `ApiError`. */
export const moveItem = ({ playlistId, itemId, afterId }: Item & { afterId: string | null }): Promise<void> =>
  apiRequest({ path: `/playlists/${playlistId}/items/${itemId}`, method: "PATCH", body: { afterId } });

/** Takes an item out of a playlist. Throws `ApiError`. */
export const removeItem = ({ playlistId, itemId }: Item): Promise<void> =>
  apiRequest({ path: `/playlists/${playlistId}/items/${itemId}`, method: "DELETE" });

/** Whether a video is among what the caller watches later. Throws `ApiError`. */
export const fetchWatchLater = (videoId: string): Promise<SavedDto> =>
  apiRequest({ path: `/me/watch-later/${videoId}` });

/** Puts a video on top of what the caller watches later, or takes it off. Throws `ApiError`. */
export const setWatchLater = ({ videoId, later }: { videoId: string; later: boolean }): Promise<unknown> =>
  apiRequest({ path: `/me/watch-later/${videoId}`, method: later ? "PUT" : "DELETE" });

/** What the caller watched. Throws `ApiError`. */
export const fetchHistory = (cursor: string): Promise<HistoryPageDto> =>
  apiRequest({ path: "/me/history", query: { cursor, limit: 30 } });

/** Pauses the history, or goes on with it. Throws `ApiError`. */
export const setHistoryPaused = (paused: boolean): Promise<HistoryStateDto> =>
  apiRequest({ path: "/me/history", method: "PATCH", body: { paused } });

/** Forgets one video of the history, or with null all of it. Throws `ApiError`. */
export const forgetHistory = (videoId: string | null): Promise<void> =>
  apiRequest({ path: videoId === null ? "/me/history" : `/me/history/${videoId}`, method: "DELETE" });

/** Another page of the caller's feed or of what they like. Throws `ApiError`. */
export const fetchOwnVideos = ({ list, cursor }: { list: "feed" | "likes"; cursor: string }): Promise<VideoPageDto> =>
  apiRequest({ path: `/me/${list}`, query: { cursor, limit: 24 } });
