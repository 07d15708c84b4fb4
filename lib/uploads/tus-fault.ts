import { isConnectionError, isUnstorableText } from "#lib/db/client.ts";
import { AppError, type ErrorCode, toErrorBody } from "#lib/errors.ts";

/** Codes for what the tus library refuses by itself; its own texts never reach a client. */
const codeOfStatus: Record<number, ErrorCode> = {
  400: "invalid_input",
  403: "invalid_input",
  404: "not_found",
  409: "conflict",
  410: "gone",
  412: "precondition_failed",
  413: "too_large",
  501: "invalid_input",
};

const hintOfStatus: Record<number, string> = {
  400: "A tus header of this request is missing or not valid.",
  403: "Send Upload-Offset and Content-Type: application/offset+octet-stream.",
  409: "Ask with HEAD for the offset and go on from there.",
  412: "Send Tus-Resumable: 1.0.0.",
  413: "The bytes go beyond the declared Upload-Length, or beyond what the server accepts.",
  501: "Send Upload-Length and one upload per file; OPTIONS tells which extensions there are.",
};

/** The fault behind a status that the tus library answered. */
export const faultOfStatus = (status: number): AppError => {
  const hint = hintOfStatus[status];
  return new AppError(codeOfStatus[status] ?? "internal", hint === undefined ? {} : { hint });
};

const statusOf = (error: unknown): number | null =>
  typeof error === "object" && error !== null && "status_code" in error && typeof error.status_code === "number"
    ? error.status_code
    : null;

/** Any fault thrown inside the tus library as the one kind that clients may see. */
export const tusFault = (error: unknown): AppError => {
  if (error instanceof AppError) return error;
  if (isConnectionError(error)) return new AppError("unavailable", { cause: error, retryAfterSeconds: 1 });
  if (isUnstorableText(error)) return new AppError("invalid_input", { cause: error });
  const status = statusOf(error);
  if (status !== null && codeOfStatus[status] !== undefined) return faultOfStatus(status);
  return new AppError("internal", { cause: error });
};

/** The answer to a refused tus request: the one error body, under the protocol's own headers. */
export const faultResponse = (input: {
  error: AppError;
  requestId: string;
  headers: Headers;
  head: boolean;
}): Response => {
  const { error, requestId } = input;
  const headers = new Headers(input.headers);
  headers.delete("Content-Length");
  headers.delete("Connection");
  headers.set("Tus-Resumable", "1.0.0");
  headers.set("Cache-Control", "no-store");
  headers.set("Content-Type", "application/json");
  if (error.code === "precondition_failed") headers.set("Tus-Version", "1.0.0");
  if (error.retryAfterSeconds !== undefined) headers.set("Retry-After", String(error.retryAfterSeconds));
  const body = input.head ? null : JSON.stringify(toErrorBody(error, requestId));
  return new Response(body, { status: error.status, headers });
};
