import { pageToken } from "#lib/api-client/page-token.ts";
import { apiRequest } from "#lib/api-client/request.ts";
import type { CueListDto } from "#lib/search/dto.ts";

/** The lines of a text track, by the page's playback token where it has one. Throws `ApiError`. */
export const fetchTranscript = (input: {
  videoId: string;
  captionId: string;
  signal: AbortSignal;
}): Promise<CueListDto> =>
  apiRequest({
    path: `/videos/${input.videoId}/captions/${input.captionId}/cues`,
    query: { token: pageToken() },
    signal: input.signal,
  });
