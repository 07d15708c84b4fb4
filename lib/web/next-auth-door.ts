import NextAuth from "next-auth";
import { trustRequestHost } from "#lib/env.ts";
import { AppError } from "#lib/errors.ts";
import { errorResponse } from "#lib/web/error-response.ts";
import type { FrameContext } from "#lib/web/frame.ts";
import { type Fault, nextAuthOptions } from "#lib/web/next-auth-options.ts";
import { readBytes } from "#lib/web/read-body.ts";
import { requestOrigin } from "#lib/web/request-address.ts";
import { clientOf } from "#lib/web/request-client.ts";

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

/** The little that next-auth asks of a Node response, gathered into a `Response`. */
const responseRecorder = () => {
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
      for (const one of [value].flat()) headers.append(name, one);
    },
    json: (value: unknown) => {
      headers.set("content-type", "application/json");
      body = JSON.stringify(value);
    },
    send: (value: unknown) => {
      body = value === undefined ? null : typeof value === "string" ? value : JSON.stringify(value);
    },
    end: () => undefined,
  };
  return { recorder, response: () => new Response(body, { status, headers }) };
};

type FaultResponse = { error: AppError; context: FrameContext; origin: string };

/** The one error body with the `url` beside it, in which next-auth's browser code looks for `error`. */
const faultResponse = async ({ error, context, origin }: FaultResponse): Promise<Response> => {
  const { requestId, locale } = context;
  const answer = errorResponse({ error, requestId, locale });
  const body: unknown = await answer.json();
  const url = `${origin}/login?error=${error.code}`;
  return Response.json({ ...Object(body), url }, { status: answer.status, headers: answer.headers });
};

/**
 * next-auth's own addresses (`/api/auth/…`), called as a Node handler with the host that the client used, so that
 * redirects and cookies are right on `localhost`, a LAN address and behind a proxy alike. Throws `not_found` for actions
 * that are not served, and what the limiter throws.
 */
export const nextAuthDoor = async (context: FrameContext, path: readonly string[]): Promise<Response> => {
  const { request } = context;
  if (!actions.has(path[0] ?? "")) throw new AppError("not_found");
  trustRequestHost();
  const origin = new URL(requestOrigin(request));
  const fault: Fault = {};
  const client = clientOf(request);
  const { recorder, response } = responseRecorder();
  const handle: (request: unknown, response: unknown) => Promise<unknown> = NextAuth(
    nextAuthOptions({ client, fault }),
  );
  await handle(
    {
      method: request.method,
      query: { ...Object.fromEntries(new URL(request.url).searchParams), nextauth: path },
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
  return fault.error === undefined ? response() : faultResponse({ error: fault.error, context, origin: origin.origin });
};
