import { apiRequest } from "#lib/api-client/request.ts";
import type { SuggestionListDto } from "#lib/search/dto.ts";

/** What the beginning of a query may become, at most four of each kind. Throws `ApiError`. */
export const fetchSuggestions = (q: string, signal: AbortSignal): Promise<SuggestionListDto> =>
  apiRequest({ path: "/search/suggest", query: { q: q.slice(0, 200), limit: 4 }, signal });
