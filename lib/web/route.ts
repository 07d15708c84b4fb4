import type { z } from "zod";
import { AppError } from "#lib/errors.ts";
import type { Locale } from "#lib/i18n/locale.ts";
import { jsonAnswer, jsonBytes } from "#lib/web/body-framing.ts";
import { invalidInput } from "#lib/web/field-texts.ts";
import { type FrameContext, type FrameOptions, frame, type RouteContext } from "#lib/web/frame.ts";
import type { Described, RawDescription } from "#lib/web/openapi/description.ts";
import { readJson } from "#lib/web/read-body.ts";
import { sharedAnswer } from "#lib/web/shared/shared-answers.ts";

type Schema = z.ZodType | undefined;
type Output<S extends Schema> = S extends z.ZodType ? z.output<S> : undefined;
type Answer<S extends Schema> = S extends z.ZodType ? z.input<S> : undefined;

/**
 * A route of the API: how it is called and answered. The spec is also its part of the OpenAPI document: name a `scope`, a
 * `summary` and a `description`, the `errors` that it answers of its own, and give schemas that come back in several places a
 * name by `.meta({ id: "Video" })`. Afterwards `npm run openapi` writes the document anew; `npm run validate` fails without.
 */
export type RouteSpec<
  Params extends Schema,
  Query extends Schema,
  Body extends Schema,
  Result extends Schema,
> = FrameOptions &
  Described & {
    params?: Params;
    query?: Query;
    /** Use `z.strictObject`, so that unknown fields are refused. */
    body?: Body;
    /** Largest body in bytes, where the usual limit (`maxBodyBytes`) is too small. */
    bodyLimit?: number;
    /** Schema of the answer; absent: 204 without a body. */
    response?: Result;
    /** Status of a good answer: 200 unless set, 204 without `response`. */
    status?: number;
    /**
     * Strangers who ask for the same at about the same time get the same bytes (lib/web/shared/shared-answers.ts): for what
     * depends on address, language and database alone, or as long as a function says that it does. The handler sets no
     * headers. Addresses with a playback token are answered one by one, since a token ends by the clock.
     */
    shared?: true | (() => boolean);
    /** For a handler that reads what is no JSON by itself: what the body may be, and headers. */
    openapi?: Omit<RawDescription, "answers">;
  };

/** What a handler gets: parsed input and who asks. */
export type RouteInput<Params, Query, Body> = FrameContext & { params: Params; query: Query; body: Body };

/** What Next calls, with the spec it was made of and whether it answers by itself. */
export type RouteHandler<Spec> = ((request: Request, context?: RouteContext) => Promise<Response>) & {
  spec: Spec;
  raw: boolean;
};

const parse = <S extends Schema>(schema: S, value: unknown, locale: Locale): Output<S> => {
  if (schema === undefined) return undefined as Output<S>;
  const result = schema.safeParse(value);
  if (!result.success) throw invalidInput(result.error, { locale, input: value });
  return result.data as Output<S>;
};

// An id that is no id names nothing, so it answers like any other unknown one.
const parseParams = <S extends Schema>(schema: S, value: unknown): Output<S> => {
  if (schema === undefined) return undefined as Output<S>;
  const result = schema.safeParse(value);
  if (!result.success) throw new AppError("not_found", { cause: result.error });
  return result.data as Output<S>;
};

const queryOf = (request: Request): Record<string, string> => Object.fromEntries(new URL(request.url).searchParams);

const checkedResult = (response: z.ZodType, result: unknown): unknown => {
  const checked = response.safeParse(result);
  if (!checked.success) {
    throw new AppError("internal", { cause: checked.error, context: { reason: "answer does not fit its schema" } });
  }
  return checked.data;
};

const answerOf = (response: Schema, result: unknown, status: number | undefined): Response => {
  if (response === undefined) return new Response(null, { status: status ?? 204 });
  return jsonAnswer(jsonBytes(checkedResult(response, result)), status);
};

/** Longer addresses are nobody's second time, and would be remembered all the same. */
const longestSharedAddress = 500;

/** Under what strangers share the answer to a request; null when this one is for who asks alone. */
const sharedKey = (spec: { name: string; shared?: true | (() => boolean) }, context: FrameContext): string | null => {
  if (spec.shared === undefined || context.viewer !== null || context.request.method !== "GET") return null;
  if (spec.shared !== true && !spec.shared()) return null;
  const { pathname, search, searchParams } = new URL(context.request.url);
  if (pathname.length + search.length > longestSharedAddress) return null;
  return searchParams.has("token") ? null : `${spec.name} ${context.locale} ${pathname}${search}`;
};

const sharedAnswerOf = async (
  key: string,
  { context, response, work }: { context: FrameContext; response: z.ZodType; work: () => Promise<unknown> },
): Promise<Response> => {
  const body = await sharedAnswer(key, async () => {
    const result = checkedResult(response, await work());
    if ([...context.headers].length > 0) throw new Error("what strangers share has no headers of one of them");
    return jsonBytes(result);
  });
  return jsonAnswer(body);
};

/**
 * A JSON route: `export const PATCH = route({ name, params, body, response }, ({ viewer, params, body }) => useCase(…))`.
 * Input is parsed strictly, the answer is checked against its schema, and every fault becomes the one error body. The
 * handler may set response headers through `headers`. Authorisation is the use-case's.
 */
export const route = <
  Params extends Schema = undefined,
  Query extends Schema = undefined,
  Body extends Schema = undefined,
  Result extends Schema = undefined,
>(
  spec: RouteSpec<Params, Query, Body, Result>,
  handler: (
    input: RouteInput<Output<Params>, Output<Query>, Output<Body>>,
  ) => Promise<Answer<Result>> | Promise<undefined> | Promise<void> | Answer<Result>,
): RouteHandler<typeof spec> => {
  const work = async (context: FrameContext) => {
    const params = parseParams(spec.params as Params, context.rawParams);
    const query = parse(spec.query as Query, queryOf(context.request), context.locale);
    const json = spec.body === undefined ? undefined : await readJson(context.request, spec.bodyLimit);
    const body = parse(spec.body as Body, json, context.locale);
    return handler({ ...context, params, query, body });
  };
  const answer = async (context: FrameContext): Promise<Response> => {
    const key = sharedKey(spec, context);
    const { response } = spec;
    return key === null || response === undefined
      ? answerOf(response, await work(context), spec.status)
      : sharedAnswerOf(key, { context, response, work: () => work(context) });
  };
  return Object.assign(frame(spec, answer), { spec, raw: false });
};

/**
 * Options of a route that answers by itself. What it takes and answers stands in `openapi`; `"none"` is only for what is no
 * operation at all (405, 404, preflight).
 */
export type RawRouteSpec<Params extends Schema> = FrameOptions &
  Described & { params?: Params; openapi?: RawDescription | "none" };

/** What a raw handler gets. */
export type RawRouteInput<Params> = FrameContext & { params: Params };

/**
 * A route in the same frame (request id, log, metrics, viewer, origin check, rate limit, error body) whose handler makes
 * the `Response` itself: tus, media, event streams, health. The body is left unread.
 */
export const rawRoute = <Params extends Schema = undefined>(
  spec: RawRouteSpec<Params>,
  handler: (input: RawRouteInput<Output<Params>>) => Promise<Response> | Response,
): RouteHandler<typeof spec> => {
  const answer = async (context: FrameContext): Promise<Response> =>
    handler({ ...context, params: parseParams(spec.params as Params, context.rawParams) });
  return Object.assign(frame(spec, answer), { spec, raw: true });
};
