import { toApiError } from "#lib/api-client/api-error.ts";

/**
 * Why an address of a stream is refused: the code of the error body, or null when it is not refused (any more) or nobody
 * answers.
 */
export const mediaRefusal = async ({ url, signal }: { url: string; signal: AbortSignal }): Promise<string | null> => {
  try {
    const response = await fetch(url, { credentials: "same-origin", signal });
    if (response.ok) {
      await response.body?.cancel();
      return null;
    }
    return (await toApiError(response)).code;
  } catch {
    // Nobody there, or nobody waits any more: whoever asked says what it knows already.
    return null;
  }
};
