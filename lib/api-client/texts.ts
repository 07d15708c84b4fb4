import { apiRequest } from "#lib/api-client/request.ts";
import type { CaptionDto, CaptionListDto, CaptionPatch } from "#lib/captions/dto.ts";
import type { ChapterList, ChaptersDto } from "#lib/chapters/dto.ts";

/** A video's captions. Throws `ApiError`. */
export const fetchCaptions = (input: { videoId: string; signal: AbortSignal }): Promise<CaptionListDto> =>
  apiRequest({ path: `/videos/${input.videoId}/captions`, signal: input.signal });

/** Adds a caption file. Throws `ApiError` (`unprocessable`, `too_large` for files that cannot be taken). */
export const addCaption = (input: { videoId: string; file: Blob; language: string }): Promise<CaptionDto> =>
  apiRequest({
    path: `/videos/${input.videoId}/captions`,
    method: "POST",
    query: { language: input.language },
    file: input.file,
  });

/** Changes what is said of captions. Throws `ApiError` with `fields`. */
export const patchCaption = (input: { videoId: string; captionId: string; patch: CaptionPatch }): Promise<CaptionDto> =>
  apiRequest({ path: `/videos/${input.videoId}/captions/${input.captionId}`, method: "PATCH", body: input.patch });

/** Takes captions away. */
export const deleteCaption = (input: { videoId: string; captionId: string }): Promise<void> =>
  apiRequest({ path: `/videos/${input.videoId}/captions/${input.captionId}`, method: "DELETE" });

/** A video's chapters and where they come from. */
export const fetchChapters = (input: { videoId: string; signal: AbortSignal }): Promise<ChaptersDto> =>
  apiRequest({ path: `/videos/${input.videoId}/chapters`, signal: input.signal });

/** Takes an editor's chapters away; gives those that hold then. */
export const resetChapters = (input: { videoId: string }): Promise<ChaptersDto> =>
  apiRequest({ path: `/videos/${input.videoId}/chapters`, method: "DELETE" });

/** Puts chapters in the place of all others. Throws `ApiError` with `fields`. */
export const putChapters = (input: { videoId: string; items: ChapterList["items"] }): Promise<ChaptersDto> =>
  apiRequest({ path: `/videos/${input.videoId}/chapters`, method: "PUT", body: { items: input.items } });
