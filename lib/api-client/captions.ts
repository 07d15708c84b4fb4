import { apiRequest } from "#lib/api-client/request.ts";
import type { CaptionDto } from "#lib/captions/dto.ts";
import type { CaptionScriptChange, CaptionScriptDto } from "#lib/captions/script/dto.ts";

type Track = { videoId: string; captionId: string };

const pathOf = ({ videoId, captionId }: Track) => `/videos/${videoId}/captions/${captionId}/script`;

/** Begins a text track without words. Throws `ApiError` (`unprocessable` when the video has too many). */
export const beginCaption = (input: { videoId: string; language: string }): Promise<CaptionDto> =>
  apiRequest({ path: `/videos/${input.videoId}/captions`, method: "POST", body: { language: input.language } });

/** A text track's captions as they are edited, with their version. Throws `ApiError`. */
export const fetchScript = (input: Track & { signal: AbortSignal }): Promise<CaptionScriptDto> =>
  apiRequest({ path: pathOf(input), signal: input.signal });

/** Puts other captions in the place of a track's. Throws `ApiError`: `conflict` when it was changed meanwhile, or with `fields`. */
export const putScript = (input: Track & { change: CaptionScriptChange }): Promise<CaptionScriptDto> =>
  apiRequest({ path: pathOf(input), method: "PUT", body: input.change });
