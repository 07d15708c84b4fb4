import { apiRequest } from "#lib/api-client/request.ts";
import type { PosterChange, PosterDto } from "#lib/videos/dto.ts";

type Of = { videoId: string };

/** A video's poster and what there is to choose from. Throws `ApiError`. */
export const fetchPoster = ({ videoId, signal }: Of & { signal?: AbortSignal }): Promise<PosterDto> =>
  apiRequest({ path: `/videos/${videoId}/poster`, signal });

/** Chooses a poster; a frame is made within seconds, and a `changed` event tells of it. Throws `ApiError`. */
export const changePoster = ({ videoId, change }: Of & { change: PosterChange }): Promise<PosterDto> =>
  apiRequest({ path: `/videos/${videoId}/poster`, method: "PUT", body: change });

/** Sends an own picture. Throws `ApiError` (`unsupported_media_type`, `too_large`). */
export const sendPosterImage = ({ videoId, file }: Of & { file: Blob }): Promise<PosterDto> =>
  apiRequest({ path: `/videos/${videoId}/poster`, method: "PUT", file });
