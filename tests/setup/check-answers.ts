import { afterAll, afterEach, expect, vi } from "vitest";
import { makeDocument } from "#lib/web/openapi/make-document.ts";
import type { AnySpec } from "#lib/web/openapi/route-entry.ts";
import type { RouteHandler } from "#lib/web/route.ts";
import { answerCheck } from "#tests/setup/answer-check.ts";

// Every answer of every route that a test of this project calls, by itself or over HTTP, is checked against what the route's
// spec says in the document. The routes are the real ones; they are only watched.

type Handler = RouteHandler<AnySpec>;

let faults: string[] = [];
const checks = new WeakMap<AnySpec, ReturnType<typeof answerCheck>>();

const checkOf = (spec: AnySpec, raw: boolean, method: string) => {
  const known = checks.get(spec);
  if (known !== undefined) return known;
  const entry = { path: "/", openEnded: [], method, spec, raw };
  const made = answerCheck(makeDocument([entry], { closedAnswers: true }));
  checks.set(spec, made);
  return made;
};

/** The type of a body; null where there is none, or none to speak of: the tus library answers with empty texts. */
const contentTypeOf = async (response: Response): Promise<string | null> => {
  const type = response.body === null ? null : response.headers.get("content-type");
  if (type?.startsWith("text/plain") !== true) return type;
  return (await response.clone().text()) === "" ? null : type;
};

const look = async ({ spec, raw }: Handler, request: Request, response: Response): Promise<void> => {
  const described = !raw || typeof spec.openapi === "object";
  if (spec.openapi === "none" || !described) return;
  // HEAD is answered by GET's handler where it has none of its own.
  const method = request.method === "HEAD" && spec.name !== "uploads.offset" ? "GET" : request.method;
  const contentType = await contentTypeOf(response);
  const isJson = /^application\/json\b/i.test(contentType ?? "");
  const fault = checkOf(
    spec,
    raw,
    method,
  )({
    path: "/",
    method,
    status: response.status,
    contentType,
    json: isJson ? await response.clone().json() : undefined,
    isHead: request.method === "HEAD",
    identified: request.headers.has("cookie") || request.headers.has("authorization"),
  });
  if (fault !== null) faults.push(`${spec.name}: ${fault}`);
};

const watched = (handler: Handler): Handler => {
  const answer = async (request: Request, context?: Parameters<Handler>[1]): Promise<Response> => {
    const response = await handler(request, context);
    await look(handler, request, response);
    return response;
  };
  return Object.assign(answer, { spec: handler.spec, raw: handler.raw });
};

vi.mock("#lib/web/route.ts", async (importOriginal) => {
  const { route, rawRoute } = await importOriginal<{
    route: (spec: unknown, handler: unknown) => Handler;
    rawRoute: (spec: unknown, handler: unknown) => Handler;
  }>();
  return {
    route: (spec: unknown, handler: unknown) => watched(route(spec, handler)),
    rawRoute: (spec: unknown, handler: unknown) => watched(rawRoute(spec, handler)),
  };
});

const tell = () => {
  const found = faults;
  faults = [];
  expect(found, "answers that the API's document does not describe").toEqual([]);
};

// What hooks ask counts too: `beforeAll` with the first test, `afterAll` by itself.
afterEach(tell);
afterAll(tell);
