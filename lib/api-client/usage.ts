import { apiRequest } from "#lib/api-client/request.ts";
import type { UsageDto } from "#lib/usage/dto.ts";

/** What the caller stores, uploads and delivers. Throws `ApiError`. */
export const fetchUsage = ({ signal }: { signal: AbortSignal }): Promise<UsageDto> =>
  apiRequest({ path: "/me/usage", signal });
