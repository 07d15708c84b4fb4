import { ApiError, toApiError } from "#lib/api-client/api-error.ts";
import { apiRequest } from "#lib/api-client/request.ts";
import type {
  VideoWatermarkChoice,
  VideoWatermarkDto,
  WatermarkDto,
  WatermarkListDto,
  WatermarkPatch,
  WatermarkPlacement,
} from "#lib/watermarks/dto.ts";

type Cancel = { signal?: AbortSignal | undefined };

/** The marks that a video of the channel (the caller's unless an admin names another) may carry. Throws `ApiError`. */
export const fetchWatermarks = ({
  channelId,
  signal,
}: { channelId?: string | undefined } & Cancel): Promise<WatermarkListDto> =>
  apiRequest({ path: "/watermarks", signal, ...(channelId === undefined ? {} : { query: { channelId } }) });

/** Makes a mark: with `text` it is drawn at once, without it waits for `sendWatermarkImage`. Throws `ApiError`. */
export const createWatermark = (mark: {
  name: string;
  text?: string;
  channelId?: string | null;
  placement: WatermarkPlacement;
}): Promise<WatermarkDto> => apiRequest({ path: "/watermarks", method: "POST", body: mark });

/** Changes a mark. Throws `ApiError` with `fields`. */
export const patchWatermark = ({
  watermarkId,
  patch,
}: {
  watermarkId: string;
  patch: WatermarkPatch;
}): Promise<WatermarkDto> => apiRequest({ path: `/watermarks/${watermarkId}`, method: "PATCH", body: patch });

/** Takes a mark from the list. */
export const deleteWatermark = (watermarkId: string): Promise<void> =>
  apiRequest({ path: `/watermarks/${watermarkId}`, method: "DELETE" });

/** Sends the image of a mark as it is. Throws `ApiError` (`unprocessable`, `too_large`, `unsupported_media_type`). */
export const sendWatermarkImage = async ({
  watermarkId,
  file,
}: {
  watermarkId: string;
  file: Blob;
}): Promise<WatermarkDto> => {
  const response = await fetch(`/api/v1/watermarks/${watermarkId}/image`, {
    method: "PUT",
    credentials: "same-origin",
    headers: { "content-type": file.type || "application/octet-stream" },
    body: file,
  }).catch((cause: unknown) => {
    throw new ApiError({ code: "network", message: "The server could not be reached.", status: 0, cause });
  });
  if (!response.ok) throw await toApiError(response);
  return (await response.json()) as WatermarkDto;
};

/** The mark that a video is to carry. Throws `ApiError`. */
export const fetchVideoWatermark = ({ videoId, signal }: { videoId: string } & Cancel): Promise<VideoWatermarkDto> =>
  apiRequest({ path: `/videos/${videoId}/watermark`, signal });

/** Puts a mark on a video, or takes it away; starts a new run. Throws `ApiError` (`conflict` while one replaces what plays). */
export const putVideoWatermark = ({
  videoId,
  choice,
}: {
  videoId: string;
  choice: VideoWatermarkChoice;
}): Promise<VideoWatermarkDto> => apiRequest({ path: `/videos/${videoId}/watermark`, method: "PUT", body: choice });
