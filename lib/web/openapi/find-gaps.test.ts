import { expect, test } from "vitest";
import { z } from "zod";
import { findGaps } from "#lib/web/openapi/find-gaps.ts";
import { rawRoute, route } from "#lib/web/route.ts";

const file = "app/api/v1/things/[thingId]/route.ts";
const params = z.object({ thingId: z.string() });
const description = "For whoever may see it; `not_found` for everybody else.";
const said = { name: "things.get", scope: "videos:read", summary: "One thing", description, params } as const;
const gapsOf = (GET: unknown): string[] => findGaps({ file, module: { GET } });
const is = "GET /api/v1/things/{thingId} (things.get) has";
const answer = () => new Response(null);

test("a route that says everything has no gap", () => {
  expect(gapsOf(route(said, () => undefined))).toEqual([]);
  expect(gapsOf(rawRoute({ ...said, openapi: { answers: { 204: { description: "Done." } } } }, answer))).toEqual([]);
});

test.each([
  ["a summary", { summary: undefined }, "no summary"],
  ["a summary with words", { summary: " " }, "no summary"],
  ["a description", { description: undefined }, "no description that says more than its summary"],
  ["a description with words", { description: " " }, "no description that says more than its summary"],
  ["words of its own", { description: "One thing." }, "no description that says more than its summary"],
  ["a scope", { scope: undefined }, "no scope"],
  ["its path parameters", { params: undefined }, "no schema for {thingId}"],
])("a route without %s has a gap", (_, taken, gap) => {
  const { summary, description: words, scope, params: left, name } = { ...said, ...taken };
  const spec = {
    name,
    ...(summary === undefined ? {} : { summary }),
    ...(words === undefined ? {} : { description: words }),
    ...(scope === undefined ? {} : { scope }),
    ...(left === undefined ? {} : { params: left }),
  };
  expect(gapsOf(route(spec, () => undefined))).toEqual([`${is} ${gap}`]);
});

test("a raw route without a description of its answers has a gap", () => {
  expect(gapsOf(rawRoute(said, answer))).toEqual([
    `${is} neither schemas nor a description of its answers (\`openapi\`)`,
  ]);
});

test("a handler that is no route at all has a gap", () => {
  expect(gapsOf(answer)).toEqual([`GET in ${file} is made by neither route() nor rawRoute()`]);
});

test("refusals and HEAD as GET are no operations", () => {
  const GET = rawRoute({ ...said, openapi: { answers: { 204: { description: "Done." } } } }, answer);
  const POST = rawRoute({ name: "method_not_allowed", openapi: "none" }, answer);
  expect(findGaps({ file, module: { GET, HEAD: GET, POST } })).toEqual([]);
});
