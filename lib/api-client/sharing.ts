import { apiRequest } from "#lib/api-client/request.ts";
import type { MadePlaybackTokenDto, PlaybackTokenPageDto } from "#lib/playback/dto.ts";
import type { ChannelSharingDto, VideoSharingDto, VideoSharingPatch } from "#lib/sharing/dto.ts";

/** Says where a channel's videos may be embedded. Throws `ApiError` with `fields` (`sites.0` …). */
export const putChannelSharing = ({
  handle,
  sharing,
}: {
  handle: string;
  sharing: ChannelSharingDto;
}): Promise<ChannelSharingDto> =>
  apiRequest({ path: `/channels/${encodeURIComponent(handle)}/sharing`, method: "PUT", body: sharing });

/** Changes what others may do with a video. Throws `ApiError`. */
export const patchVideoSharing = ({
  videoId,
  patch,
}: {
  videoId: string;
  patch: VideoSharingPatch;
}): Promise<VideoSharingDto> => apiRequest({ path: `/videos/${videoId}/sharing`, method: "PATCH", body: patch });

/** A page of a video's playback tokens. Throws `ApiError`. */
export const fetchPlaybackTokens = (input: { videoId: string; cursor: string }): Promise<PlaybackTokenPageDto> =>
  apiRequest({ path: `/videos/${input.videoId}/playback-tokens`, query: { cursor: input.cursor } });

/** Makes a playback token. Throws `ApiError` with `fields`. */
export const makePlaybackToken = ({
  videoId,
  ...token
}: {
  videoId: string;
  expiresAt: string;
  note: string;
  sites: readonly string[];
}): Promise<MadePlaybackTokenDto> =>
  apiRequest({ path: `/videos/${videoId}/playback-tokens`, method: "POST", body: token });

/** Takes a playback token back. Throws `ApiError`. */
export const revokePlaybackToken = (input: { videoId: string; tokenId: string }): Promise<void> =>
  apiRequest({ path: `/videos/${input.videoId}/playback-tokens/${input.tokenId}`, method: "DELETE" });
