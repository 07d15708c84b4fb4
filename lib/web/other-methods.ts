import { AppError } from "#lib/errors.ts";
import { addPreflightHeaders } from "#lib/web/cors.ts";
import { rawRoute } from "#lib/web/route.ts";

const methods = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;
type Method = (typeof methods)[number];
type Handler = ReturnType<typeof rawRoute>;

const refusing = (allow: string): Handler =>
  rawRoute(
    { name: "method_not_allowed", identity: "ignore", origin: "ignore", rateClass: "none", openapi: "none" },
    ({ requestId }) => {
      const error = new AppError("method_not_allowed");
      const { code, message } = error;
      return Response.json({ error: { code, message, requestId } }, { status: error.status, headers: { allow } });
    },
  );

const preflight = (allowed: readonly string[]): Handler =>
  rawRoute(
    { name: "options", identity: "ignore", rateClass: "none", accessLog: "quiet", openapi: "none" },
    ({ request, headers }) => {
      headers.set("allow", allowed.join(", "));
      addPreflightHeaders(request, headers, allowed);
      return new Response(null, { status: 204 });
    },
  );

/**
 * Handlers for the methods that a route does not answer: 405 in the one error shape (Next's own has no body), and
 * `OPTIONS` with `Allow` and, for `CORS_ORIGINS`, the preflight answer. Destructure what is left:
 * `export const { POST, PUT, DELETE, OPTIONS } = otherMethods("GET", "PATCH");`
 */
export const otherMethods = (...answers: readonly Method[]): Record<Method | "OPTIONS", Handler> => {
  const allowed = [...answers, ...(answers.includes("GET") ? ["HEAD"] : []), "OPTIONS"];
  const refuse = refusing(allowed.join(", "));
  return { GET: refuse, POST: refuse, PUT: refuse, PATCH: refuse, DELETE: refuse, OPTIONS: preflight(allowed) };
};
