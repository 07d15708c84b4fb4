import NextAuth from "next-auth";
import { env, trustRequestHost } from "#lib/env.ts";
import { AppError } from "#lib/errors.ts";
import { errorResponse } from "#lib/web/error-response.ts";
import type { FrameContext } from "#lib/web/frame.ts";
import { type Extra, type Fault, nextAuthOptions } from "#lib/web/identity/next-auth-options.ts";
import { clientOf } from "#lib/web/identity/request-client.ts";
import { readBytes } from "#lib/web/read-body.ts";
import { requestOrigin } from "#lib/web/request-address.ts";

/** next-auth's own actions that are answered; its `_log` would let anyone write into our log. */
const actions = new Set(["providers", "session", "csrf", "signin", "signout", "callback", "error"]);
const maxFormBytes = 16 * 1024;

const formOf = async (request: Request): Promise<Record<string, unknown>> => {
  if (request.method !== "POST") return {};
  const text = new TextDecoder().decode(await readBytes(request, maxFormBytes));
  const type = request.headers.get("content-type") ?? "";
  if (type.startsWith("application/x-www-form-urlencoded")) return Object.fromEntries(new URLSearchParams(text));
  if (!type.startsWith("application/json")) throw new AppError("unsupported_media_type");
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === "object" && body !== null ? { ...body } : {};
  } catch (error) {
    throw new AppError("invalid_input", { message: "The body is not valid JSON.", cause: error });
  }
};

const decodeCookie = (value: string): string => {
  try {
    return decodeURIComponent(value);
  } catch {
    // Not one of next-auth's, which are always well encoded.
    return value;
  }
};

const cookiesOf = (headers: Headers): Record<string, string> =>
  Object.fromEntries(
    (headers.get("cookie") ?? "").split(";").flatMap((part) => {
      const at = part.indexOf("=");
      return at > 0 ? [[part.slice(0, at).trim(), decodeCookie(part.slice(at + 1).trim())]] : [];
    }),
  );

/** next-auth leads by way of its own error address to the log-in page; this is the same without the way round. */
const straight = (address: string, origin: URL): string =>
  address.replace(`${origin.origin}/api/auth/error?`, `${origin.origin}/login?`);

/** The little that next-auth asks of a Node response, gathered into a `Response`. */
const responseRecorder = (origin: URL) => {
  const headers = new Headers();
  let status = 200;
  let body: string | null = null;
  const recorder = {
    status: (code: number) => {
      status = code;
      return recorder;
    },
    getHeader: (name: string) => (name.toLowerCase() === "set-cookie" ? headers.getSetCookie() : headers.get(name)),
    setHeader: (name: string, value: string | string[]) => {
      headers.delete(name);
      const values = [value].flat();
      for (const one of values) headers.append(name, name.toLowerCase() === "location" ? straight(one, origin) : one);
    },
    json: (value: unknown) => {
      headers.set("content-type", "application/json");
      const { url } = Object(value);
      body = JSON.stringify(typeof url === "string" ? { ...Object(value), url: straight(url, origin) } : value);
    },
    send: (value: unknown) => {
      body = value === undefined ? null : typeof value === "string" ? value : JSON.stringify(value);
    },
    end: () => undefined,
  };
  return { recorder, response: () => new Response(body, { status, headers }) };
};

type FaultResponse = { error: AppError; context: FrameContext; origin: string };

/**
 * Where the site is for this client. Other services lead back to exactly the address that the operator registered with
 * them, so `PUBLIC_URL` decides about the scheme where the host is its own, whatever a proxy leaves out.
 */
const ownOrigin = (request: Request): URL => {
  const origin = new URL(requestOrigin(request));
  const { publicUrl } = env();
  const known = publicUrl === null ? null : new URL(publicUrl);
  return known?.host === origin.host ? new URL(known.origin) : origin;
};

/** next-auth hands the query of `signin` on to the other service: nobody shall choose scopes or redirects by a link. */
const queryOf = (request: Request, path: readonly string[]): Record<string, string> =>
  path[0] === "signin" ? {} : Object.fromEntries(new URL(request.url).searchParams);

/** The one error body with the `url` beside it, in which next-auth's browser code looks for `error`. */
const faultResponse = async ({ error, context, origin }: FaultResponse): Promise<Response> => {
  const { requestId, locale } = context;
  const answer = errorResponse({ error, requestId, locale });
  const body: unknown = await answer.json();
  const url = `${origin}/login?error=${error.code}`;
  return Response.json({ ...Object(body), url }, { status: answer.status, headers: answer.headers });
};

/** Scripts get the error's body; a browser that follows a link gets the log-in page, which says it in words. */
const faultAnswer = ({ error, context, origin }: FaultResponse): Promise<Response> | Response =>
  context.request.method === "GET"
    ? new Response(null, { status: 302, headers: { location: `${origin}/login?error=${error.code}` } })
    : faultResponse({ error, context, origin });

/**
 * next-auth's own addresses (`/api/auth/…`), called as a Node handler with the host that the client used, so that
 * redirects and cookies are right on `localhost`, a LAN address and behind a proxy alike. Throws `not_found` for actions
 * that are not served, and what the limiter throws.
 */
export const nextAuthDoor = async (context: FrameContext, path: readonly string[]): Promise<Response> => {
  const { request } = context;
  if (!actions.has(path[0] ?? "")) throw new AppError("not_found");
  trustRequestHost();
  const origin = ownOrigin(request);
  const fault: Fault = {};
  const extra: Extra = {};
  const client = clientOf(request);
  const { recorder, response } = responseRecorder(origin);
  const handle: (request: unknown, response: unknown) => Promise<unknown> = NextAuth(
    nextAuthOptions({ client, fault, extra, headers: request.headers, locale: context.locale }),
  );
  await handle(
    {
      method: request.method,
      query: { ...queryOf(request, path), nextauth: path },
      body: await formOf(request),
      cookies: cookiesOf(request.headers),
      headers: {
        host: origin.host,
        "x-forwarded-host": origin.host,
        "x-forwarded-proto": origin.protocol.slice(0, -1),
      },
    },
    recorder,
  );
  if (fault.error !== undefined) return faultAnswer({ error: fault.error, context, origin: origin.origin });
  const answer = response();
  for (const cookie of extra.setCookies ?? []) answer.headers.append("set-cookie", cookie);
  return answer;
};
