import { isConnectionError, isUnstorableText } from "#lib/db/client.ts";
import { AppError, toErrorBody } from "#lib/errors.ts";
import { defaultLocale, type Locale } from "#lib/i18n/locale.ts";
import { log } from "#lib/log.ts";
import { fieldTexts } from "#lib/web/field-texts.ts";

/** Seconds after which a retry makes sense while the database is away. */
const unavailableRetrySeconds = 2;

/**
 * Gives every thrown value a code: what says that the database is away becomes `unavailable`, a text that it cannot hold
 * `invalid_input`, what is unknown `internal`.
 */
export const toAppError = (error: unknown): AppError => {
  if (error instanceof AppError) return error;
  if (isConnectionError(error)) {
    return new AppError("unavailable", { cause: error, retryAfterSeconds: unavailableRetrySeconds });
  }
  if (isUnstorableText(error)) return new AppError("invalid_input", { cause: error });
  return new AppError("internal", { cause: error });
};

const report = (error: AppError) => {
  const facts = { "event.action": "request.failed", "error.code": error.code, ...error.context };
  if (error.status >= 500) log().error({ ...facts, err: error.cause ?? error }, "request failed");
  else log().debug(facts, "request refused");
};

/** The one answer to every fault, with `Retry-After` where it helps and `WWW-Authenticate` on 401. Logs what is ours. */
export const errorResponse = ({
  error,
  requestId,
  locale = defaultLocale,
}: {
  error: unknown;
  requestId: string;
  locale?: Locale;
}): Response => {
  const known = toAppError(error);
  report(known);
  const body = toErrorBody(known, requestId);
  if (known.fields !== undefined) body.error.fields = fieldTexts(known.fields, locale);
  const headers = new Headers({ "content-type": "application/json; charset=utf-8", "cache-control": "no-store" });
  const retryAfter = known.retryAfterSeconds ?? (known.code === "unavailable" ? unavailableRetrySeconds : undefined);
  if (retryAfter !== undefined) headers.set("retry-after", String(Math.ceil(retryAfter)));
  if (known.code === "unauthenticated") headers.set("www-authenticate", "Bearer");
  return new Response(JSON.stringify(body), { status: known.status, headers });
};
