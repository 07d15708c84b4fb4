import { ApiError, toApiError } from "#lib/api-client/api-error.ts";

/** One call of `/api/v1`. */
export type ApiRequest = {
  /** Below `/api/v1`, with a leading slash. */
  path: string;
  method?: "GET" | "POST" | "PATCH" | "PUT" | "DELETE";
  /** Query parameters; empty ones are left out. */
  query?: Record<string, string | number | undefined>;
  /** Sent as JSON. */
  body?: unknown;
  /** Sent as it is, instead of `body`. */
  file?: Blob;
  signal?: AbortSignal | undefined;
  /** Lets a small request outlive its page. */
  keepalive?: boolean;
};

const addressOf = (path: string, query: ApiRequest["query"]) => {
  const given = Object.entries(query ?? {}).flatMap(([key, value]) =>
    value === undefined ? [] : [[key, String(value)]],
  );
  return given.length === 0 ? `/api/v1${path}` : `/api/v1${path}?${new URLSearchParams(given)}`;
};

const isAbort = (error: unknown) => error instanceof DOMException && error.name === "AbortError";

/**
 * Calls the API as the signed-in person (session cookie). Throws `ApiError`; an abort stays the abort it is. The answer's
 * type is the route's contract and is not checked again here.
 */
export const apiRequest = async <T>({
  path,
  method = "GET",
  query,
  body,
  file,
  signal,
  keepalive = false,
}: ApiRequest): Promise<T> => {
  const response = await fetch(addressOf(path, query), {
    method,
    credentials: "same-origin",
    keepalive,
    ...(signal === undefined ? {} : { signal }),
    ...(file === undefined ? {} : { body: file, headers: { "content-type": "application/octet-stream" } }),
    ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
  }).catch((cause: unknown) => {
    if (isAbort(cause)) throw cause;
    throw new ApiError({ code: "network", message: "The server could not be reached.", status: 0, cause });
  });
  if (!response.ok) throw await toApiError(response);
  // 204 has no body, nor has a 202 that only says that something will be done.
  const text = await response.text();
  return (text === "" ? undefined : JSON.parse(text)) as T;
};
