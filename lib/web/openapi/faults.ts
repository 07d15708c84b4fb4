import { AppError, type ErrorCode, errorStatus } from "#lib/errors.ts";
import { isSafeMethod } from "#lib/web/check-origin.ts";
import type { HeaderObject, JsonSchema, ResponseObject } from "#lib/web/openapi/openapi-types.ts";
import type { AnySpec } from "#lib/web/openapi/route-entry.ts";

/** The codes that a route may answer: what its spec names, and what the frame does by itself. */
export const faultsOf = (spec: AnySpec, method: string): ErrorCode[] => {
  const { params, query, body, openapi } = spec;
  const raw = typeof openapi === "object" ? openapi : undefined;
  const known = spec.identity !== "ignore";
  const reads = body !== undefined || (raw?.requestContent !== undefined && "application/json" in raw.requestContent);
  const faults: (ErrorCode | false | undefined)[] = [
    (query !== undefined || raw?.query !== undefined || reads) && "invalid_input",
    known && "unauthenticated",
    (known || (spec.origin !== "ignore" && !isSafeMethod(method))) && "forbidden",
    params !== undefined && "not_found",
    reads && "too_large",
    reads && "unsupported_media_type",
    spec.rateClass !== "none" && "rate_limited",
    "internal",
    "unavailable",
  ];
  const wanted = new Set([...faults.filter((code) => typeof code === "string"), ...(spec.errors ?? [])]);
  return (Object.keys(errorStatus) as ErrorCode[]).filter((code) => wanted.has(code));
};

const sentenceOf = (code: ErrorCode) => `\`${code}\`: ${new AppError(code).message}`;

const headersOf = (status: number): Record<string, { $ref: string }> => ({
  "X-Request-Id": { $ref: "#/components/headers/X-Request-Id" },
  ...(status === 429 || status === 503 ? { "Retry-After": { $ref: "#/components/headers/Retry-After" } } : {}),
  ...(status === 401 ? { "WWW-Authenticate": { $ref: "#/components/headers/WWW-Authenticate" } } : {}),
});

/** Headers that come with faults. */
export const faultHeaders: Record<string, HeaderObject> = {
  "X-Request-Id": { description: "Names the request in the server's log.", schema: { type: "string" } },
  "Retry-After": { description: "Seconds after which a retry makes sense.", schema: { type: "integer" } },
  "WWW-Authenticate": { description: "`Bearer`.", schema: { type: "string" } },
};

/** Shared answers to faults: each is written once and referred to by its codes. */
export const createFaultAnswers = (error: JsonSchema) => {
  const shared = new Map<string, ResponseObject>();
  const refer = (codes: readonly ErrorCode[], status: number): ResponseObject => {
    const name = codes.join("_or_");
    shared.set(name, {
      description: codes.map(sentenceOf).join(" "),
      headers: headersOf(status),
      content: { "application/json": { schema: error } },
    });
    return { $ref: `#/components/responses/${name}` };
  };
  const answersOf = (codes: readonly ErrorCode[]): Record<string, ResponseObject> => {
    const statuses = [...new Set(codes.map((code) => errorStatus[code]))];
    return Object.fromEntries(
      statuses.map((status) => [
        String(status),
        refer(
          codes.filter((code) => errorStatus[code] === status),
          status,
        ),
      ]),
    );
  };
  const responses = () => Object.fromEntries([...shared].toSorted(([a], [b]) => (a < b ? -1 : 1)));
  return { answersOf, responses };
};
