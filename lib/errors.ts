/**
 * The one table of error codes. Every fault that leaves Kinora carries one of these codes, and the code alone decides
 * the HTTP status, so that two places can never disagree about it.
 */
export const errorStatus = {
  invalid_input: 400,
  unauthenticated: 401,
  second_factor_required: 401,
  forbidden: 403,
  address_unconfirmed: 403,
  delivery_limit_reached: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  gone: 410,
  precondition_failed: 412,
  too_large: 413,
  quota_exceeded: 413,
  unsupported_media_type: 415,
  range_not_satisfiable: 416,
  unprocessable: 422,
  locked: 423,
  rate_limited: 429,
  internal: 500,
  unavailable: 503,
  no_space: 507,
} as const;

/** Machine-readable reason of a refused or failed request. */
export type ErrorCode = keyof typeof errorStatus;

/** What an `AppError` may carry besides its code. `message` and `hint` are safe to show to a client. */
export type AppErrorOptions = {
  /** Safe English text for programs; pages translate by code instead. */
  message?: string;
  /** What the caller can do about it. */
  hint?: string;
  /** Message per faulty field, by the field's name. */
  fields?: Record<string, string>;
  /** Seconds after which a retry makes sense; becomes `Retry-After`. */
  retryAfterSeconds?: number;
  /** The fault underneath; logged, never sent. */
  cause?: unknown;
  /** Structured facts for the log; never sent. */
  context?: Record<string, unknown>;
};

const defaultMessage: Record<ErrorCode, string> = {
  invalid_input: "The request is not valid.",
  unauthenticated: "Sign in to do this.",
  second_factor_required: "The password is right; a code of the second factor is needed too.",
  forbidden: "You may not do this.",
  address_unconfirmed: "Confirm your e-mail address first.",
  not_found: "There is nothing here.",
  method_not_allowed: "This address does not answer that method.",
  conflict: "This clashes with what is already there.",
  gone: "This is no longer there.",
  precondition_failed: "A condition of the request does not hold.",
  too_large: "This is larger than the server accepts.",
  quota_exceeded: "There is no room left in your storage quota.",
  delivery_limit_reached: "This channel has used its delivery allowance for this month.",
  unsupported_media_type: "The server does not accept this content type.",
  range_not_satisfiable: "The requested range lies outside the file.",
  unprocessable: "The request was understood but cannot be carried out.",
  locked: "Someone else is working on this right now.",
  rate_limited: "Too many requests.",
  internal: "Something went wrong on the server.",
  unavailable: "The server cannot answer right now.",
  no_space: "The server has no space left for this.",
};

const defaultHint: Partial<Record<ErrorCode, string>> = {
  unauthenticated: "Send a valid session cookie or an Authorization: Bearer header.",
  delivery_limit_reached: "Come back next month, or ask the channel's owner.",
  second_factor_required: "Send the code of the authenticator app, or a recovery code, as totp beside the password.",
  address_unconfirmed:
    "Open the link in the mail that you got when you signed up, or get another with POST /api/v1/me/email/verification.",
  locked: "Wait a moment and try again.",
  rate_limited: "Wait for the time given in Retry-After.",
  internal: "Try again; when it happens again, give the request id to the operator.",
  unavailable: "Try again in a moment.",
  no_space: "Nothing was lost; try again when the operator has made room.",
};

/** A fault with a code. Thrown by use-cases, turned into the one error shape at the edge. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly hint: string | undefined;
  readonly fields: Record<string, string> | undefined;
  readonly retryAfterSeconds: number | undefined;
  readonly context: Record<string, unknown> | undefined;

  constructor(code: ErrorCode, options: AppErrorOptions = {}) {
    super(options.message ?? defaultMessage[code], options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "AppError";
    this.code = code;
    this.hint = options.hint ?? defaultHint[code];
    this.fields = options.fields;
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.context = options.context;
  }

  /** HTTP status of this fault. */
  get status(): number {
    return errorStatus[this.code];
  }
}

/** The error body every route sends. */
export type ErrorBody = {
  error: { code: ErrorCode; message: string; hint?: string; requestId: string; fields?: Record<string, string> };
};

/**
 * Turns any thrown value into the body clients see. What is not an `AppError` becomes `internal` without a word of its
 * own text, because such texts name files, queries and addresses.
 */
export const toErrorBody = (error: unknown, requestId: string): ErrorBody => {
  const known = error instanceof AppError ? error : new AppError("internal", { cause: error });
  return {
    error: {
      code: known.code,
      message: known.message,
      ...(known.hint === undefined ? {} : { hint: known.hint }),
      requestId,
      ...(known.fields === undefined ? {} : { fields: known.fields }),
    },
  };
};
