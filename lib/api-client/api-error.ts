/** A request that failed: what the API said, or that it could not be reached (`code` "network"). */
export class ApiError extends Error {
  /** A code of the API's error table, or `network`. Pages translate it with `common.errors.<code>`. */
  readonly code: string;
  /** HTTP status; 0 when there was no answer. */
  readonly status: number;
  readonly hint: string | undefined;
  /** Message per faulty field, by the field's name. */
  readonly fields: Readonly<Record<string, string>>;
  readonly requestId: string | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(facts: {
    code: string;
    message: string;
    status: number;
    hint?: string | undefined;
    fields?: Record<string, string> | undefined;
    requestId?: string | undefined;
    retryAfterSeconds?: number | undefined;
    cause?: unknown;
  }) {
    super(facts.message, { cause: facts.cause });
    this.name = "ApiError";
    this.code = facts.code;
    this.status = facts.status;
    this.hint = facts.hint;
    this.fields = facts.fields ?? {};
    this.requestId = facts.requestId;
    this.retryAfterSeconds = facts.retryAfterSeconds;
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;

const text = (value: unknown) => (typeof value === "string" ? value : undefined);

const textsOf = (value: unknown) =>
  isRecord(value)
    ? Object.fromEntries(
        Object.entries(value).flatMap(([key, entry]) => (typeof entry === "string" ? [[key, entry]] : [])),
      )
    : undefined;

const codeOfStatus = (status: number) => {
  if (status === 413) return "too_large";
  if (status === 429) return "rate_limited";
  return status >= 502 && status <= 504 ? "unavailable" : "internal";
};

/** Reads the API's error body; an answer that is none (a proxy's page) becomes an error by its status alone. */
export const toApiError = async (response: Response): Promise<ApiError> => {
  const body: unknown = await response.json().catch(() => null);
  const error = isRecord(body) && isRecord(body.error) ? body.error : {};
  const retryAfter = Number(response.headers.get("retry-after") ?? Number.NaN);
  return new ApiError({
    code: text(error.code) ?? codeOfStatus(response.status),
    message: text(error.message) ?? `HTTP ${response.status}`,
    status: response.status,
    hint: text(error.hint),
    fields: textsOf(error.fields),
    requestId: text(error.requestId) ?? response.headers.get("x-request-id") ?? undefined,
    retryAfterSeconds: Number.isFinite(retryAfter) ? retryAfter : undefined,
  });
};
