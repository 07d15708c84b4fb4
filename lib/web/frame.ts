import type { RouteScope } from "#lib/accounts/scopes.ts";
import type { Credential, Viewer } from "#lib/accounts/viewer.ts";
import { chooseLocale, type Locale, localeCookie } from "#lib/i18n/locale.ts";
import { log, withLogContext } from "#lib/log.ts";
import { metrics } from "#lib/metrics.ts";
import type { LimitName } from "#lib/rate-limits.ts";
import { carryFraming } from "#lib/web/body-framing.ts";
import { checkOrigin, isSafeMethod } from "#lib/web/check-origin.ts";
import { addCorsHeaders } from "#lib/web/cors.ts";
import { errorResponse } from "#lib/web/error-response.ts";
import { encodeSession, isDueForRenewal, readCookie, sessionSetCookie } from "#lib/web/identity/session-cookie.ts";
import { type Identity, identify, nobody } from "#lib/web/identity/viewer-from-request.ts";
import { addressSubject, takeHit, takeRead } from "#lib/web/limits/rate-limit.ts";
import { withRateLimitHeaders } from "#lib/web/limits/rate-limit-headers.ts";
import { clientAddress } from "#lib/web/request-address.ts";
import { requestIdOf } from "#lib/web/request-id.ts";
import { requireScope } from "#lib/web/require-scope.ts";

/** What every route may set. */
export type FrameOptions = {
  /** Stable name in metrics and logs, for example `videos.get`. */
  name: string;
  /** What an API token needs here; a route that names nothing takes no API token at all. */
  scope?: RouteScope;
  /**
   * `api` (the default) counts reads and writes; `report` counts in the process, apart from all else, what players send all
   * the time; `none` counts nothing (media, tus chunks, health).
   */
  rateClass?: "api" | "report" | "none";
  /** A limit of its own, by account, on top of that. */
  limit?: LimitName;
  /** `ignore` leaves session and token unread: for signing in and out, and for health. */
  identity?: "read" | "ignore";
  /** `ignore` for addresses that anyone may change from anywhere by design; never for what a cookie can do. */
  origin?: "check" | "ignore";
  /** `quiet` writes the access line at level debug: for what is asked all the time. */
  accessLog?: "normal" | "quiet";
};

/** What every handler gets. */
export type FrameContext = {
  viewer: Viewer;
  /** By what the viewer is known. */
  credential: Credential;
  request: Request;
  requestId: string;
  /** Address of whoever asks, as far as it can be trusted. */
  address: string;
  /** Language of texts in the answer. */
  locale: Locale;
  /** Headers that are added to a good answer. */
  headers: Headers;
  /** Path parameters as Next gives them. */
  rawParams: Record<string, string | string[] | undefined>;
};

/** What Next hands to a route handler. */
export type RouteContext = { params: Promise<Record<string, string | string[] | undefined>> };

type Answer = (context: FrameContext) => Promise<Response>;

const limitRate = async (options: FrameOptions, { viewer, request, address }: FrameContext): Promise<void> => {
  if (options.rateClass === "none") return;
  const subject = viewer?.id ?? addressSubject(address);
  if (options.rateClass === "report") {
    await takeRead({ name: "anonymousRead", subject: `report:${subject}` });
  } else if (isSafeMethod(request.method)) {
    await takeRead({ name: viewer === null ? "anonymousRead" : "accountRead", subject });
  } else {
    await takeHit({ name: "write", subject });
  }
  if (options.limit !== undefined) await takeHit({ name: options.limit, subject });
};

/** A session in use lives on: its cookie is made anew once a day. */
const renewSession = async ({ cookie }: Identity, headers: Headers): Promise<void> => {
  if (cookie === null || !isDueForRenewal(cookie, new Date()) || headers.has("set-cookie")) return;
  headers.append("set-cookie", sessionSetCookie(await encodeSession(cookie)));
};

const addHeaders = (response: Response, headers: Headers): Response => {
  // What another server made may have headers that cannot be changed.
  const answer = new Response(response.body, response);
  for (const [name, value] of headers) {
    if (name === "set-cookie" || name === "vary") answer.headers.append(name, value);
    else answer.headers.set(name, value);
  }
  if (!answer.headers.has("cache-control")) answer.headers.set("cache-control", "private, no-store");
  return answer;
};

// Next answers HEAD with the GET handler, lets the body lie unread and never aborts the request's signal: whatever makes the
// body (an event stream above all) would go on for ever.
const withoutBodyForHead = async (request: Request, response: Response): Promise<Response> => {
  if (request.method !== "HEAD" || response.body === null) return response;
  await response.body.cancel();
  return new Response(null, response);
};

const localeOf = (request: Request, viewer: Viewer): Locale =>
  chooseLocale({
    cookie: readCookie(request.headers, localeCookie),
    account: viewer?.locale,
    acceptLanguage: request.headers.get("accept-language"),
  });

const answered = async (options: FrameOptions, answer: Answer, context: FrameContext): Promise<Response> => {
  try {
    if (options.origin !== "ignore") checkOrigin(context.request);
    const identity = options.identity === "ignore" ? nobody : await identify(context.request);
    const { viewer, credential } = identity;
    const known = { ...context, viewer, credential, locale: localeOf(context.request, viewer) };
    await limitRate(options, known);
    requireScope({ credential, viewer, scope: options.scope });
    const response = await answer(known);
    await renewSession(identity, known.headers);
    return addHeaders(await withoutBodyForHead(context.request, response), known.headers);
  } catch (error) {
    return errorResponse({ error, requestId: context.requestId, locale: context.locale });
  }
};

const report = (options: FrameOptions, context: FrameContext, response: Response, seconds: number) => {
  const { method } = context.request;
  metrics().httpRequests.inc({ route: options.name, method, status: String(response.status) });
  metrics().httpSeconds.observe({ route: options.name, method }, seconds);
  const facts = {
    "event.action": "http.request",
    "http.request.method": method,
    "http.response.status_code": response.status,
    "http.route": options.name,
    "client.address": context.address,
    durationMs: Math.round(seconds * 10_000) / 10,
  };
  if (options.accessLog === "quiet") log().debug(facts, "request");
  else log().info(facts, "request");
};

/**
 * The frame around every route: request id, log context and one access line, metrics, origin check, viewer, rate limit,
 * CORS and the one error body. Never throws.
 */
export const frame =
  (options: FrameOptions, answer: Answer) =>
  (request: Request, routeContext?: RouteContext): Promise<Response> => {
    const requestId = requestIdOf(request.headers);
    const address = clientAddress(request.headers);
    return withLogContext({ requestId, clientAddress: address }, async () => {
      const startedAt = performance.now();
      const context: FrameContext = {
        viewer: nobody.viewer,
        credential: nobody.credential,
        request,
        requestId,
        address,
        locale: localeOf(request, null),
        headers: new Headers(),
        rawParams: (await routeContext?.params) ?? {},
      };
      const response = await withRateLimitHeaders(() => answered(options, answer, context));
      response.headers.set("x-request-id", requestId);
      carryFraming(response.headers);
      addCorsHeaders(request, response.headers);
      report(options, context, response, (performance.now() - startedAt) / 1000);
      return response;
    });
  };
