import type { RouteScope } from "#lib/accounts/scopes.ts";
import type { Viewer } from "#lib/accounts/viewer.ts";
import { chooseLocale, type Locale, localeCookie } from "#lib/i18n/locale.ts";
import { log, withLogContext } from "#lib/log.ts";
import { metrics } from "#lib/metrics.ts";
import { carryFraming } from "#lib/web/body-framing.ts";
import { checkOrigin, isSafeMethod } from "#lib/web/check-origin.ts";
import { addCorsHeaders } from "#lib/web/cors.ts";
import { errorResponse } from "#lib/web/error-response.ts";
import { addressSubject, takeHit, takeRead } from "#lib/web/rate-limit.ts";
import { clientAddress } from "#lib/web/request-address.ts";
import { requestIdOf } from "#lib/web/request-id.ts";
import { encodeSession, isDueForRenewal, readCookie, sessionSetCookie } from "#lib/web/session-cookie.ts";
import { type Identity, identify } from "#lib/web/viewer-from-request.ts";

/** What every route may set. */
export type FrameOptions = {
  /** Stable name in metrics and logs, for example `videos.get`. */
  name: string;
  /** What an API token needs here; a route that names nothing takes no API token at all. */
  scope?: RouteScope;
  /** `api` (the default) counts reads and writes; `none` counts nothing (media, tus chunks, health). */
  rateClass?: "api" | "none";
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

const nobody: Identity = { viewer: null, session: null };

const limitRate = async ({ viewer, request, address }: FrameContext): Promise<void> => {
  const subject = viewer?.id ?? addressSubject(address);
  if (isSafeMethod(request.method)) {
    takeRead({ name: viewer === null ? "anonymousRead" : "accountRead", subject, now: Date.now() });
  } else {
    await takeHit({ name: "write", subject });
  }
};

/** A session in use lives on: its cookie is made anew once a day. */
const renewSession = async ({ viewer, session }: Identity, headers: Headers): Promise<void> => {
  if (viewer === null || session === null || !isDueForRenewal(session, new Date())) return;
  if (headers.has("set-cookie")) return;
  const { userId, sessionVersion } = session;
  headers.append("set-cookie", sessionSetCookie(await encodeSession({ userId, sessionVersion })));
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
    const identity = options.identity === "ignore" ? nobody : await identify(context.request.headers);
    const known = { ...context, viewer: identity.viewer, locale: localeOf(context.request, identity.viewer) };
    if (options.rateClass !== "none") await limitRate(known);
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
    return withLogContext({ requestId }, async () => {
      const startedAt = performance.now();
      const context: FrameContext = {
        viewer: null,
        request,
        requestId,
        address: clientAddress(request.headers),
        locale: localeOf(request, null),
        headers: new Headers(),
        rawParams: (await routeContext?.params) ?? {},
      };
      const response = await answered(options, answer, context);
      response.headers.set("x-request-id", requestId);
      carryFraming(response.headers);
      addCorsHeaders(request, response.headers);
      report(options, context, response, (performance.now() - startedAt) / 1000);
      return response;
    });
  };
