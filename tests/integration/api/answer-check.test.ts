import { expect, test } from "vitest";
import { z } from "zod";
import { AppError } from "#lib/errors.ts";
import { makeDocument } from "#lib/web/openapi/make-document.ts";
import type { AnySpec } from "#lib/web/openapi/route-entry.ts";
import { type Answered, answerCheck } from "#tests/setup/answer-check.ts";

const spec: AnySpec = {
  name: "things.get",
  summary: "A thing",
  scope: "videos:read",
  errors: ["not_found"],
  response: z.object({ id: z.uuid(), inner: z.object({ madeAt: z.iso.datetime() }).nullable() }),
};
const entry = { path: "/", openEnded: [], method: "GET", spec, raw: false };
const check = answerCheck(makeDocument([entry], { closedAnswers: true }));

const thing = { id: "0192f0c1-7a3e-7c52-9d41-5b8e0f6a2c34", inner: { madeAt: "2026-11-21T12:30:00.000Z" } };
const error = { error: { code: "not_found", message: new AppError("not_found").message, requestId: "one" } };
const good: Answered = {
  ...{ path: "/", method: "GET", status: 200, contentType: "application/json", json: thing },
  ...{ identified: true, isHead: false },
};

test.each<[string, Partial<Answered>]>([
  ["what is described", {}],
  ["a named fault", { status: 404, json: error }],
  ["the header alone", { contentType: null, json: undefined, isHead: true }],
])("an answer passes: %s", (_, change) => {
  expect(check({ ...good, ...change })).toBeNull();
});

test.each<[string, Partial<Answered>, RegExp]>([
  ["a field too many", { json: { ...thing, secret: "x" } }, /secret/],
  ["a field too many deep inside", { json: { ...thing, inner: { ...thing.inner, secret: "x" } } }, /secret/],
  ["a field too few", { json: { id: thing.id } }, /inner/],
  ["a value of another shape", { json: { ...thing, id: "7" } }, /uuid/],
  ["a status that is not named", { status: 409, json: error }, /409, which is not described/],
  ["a fault of another shape", { status: 404, json: { message: "gone" } }, /error/],
  ["a kind of body that is not described", { contentType: "text/html", json: undefined }, /text\/html/],
  ["no body where one is described", { contentType: null, json: undefined }, /no body/],
  ["an answer to nobody", { identified: false }, /anonymous/],
])("an answer is caught: %s", (_, change, what) => {
  expect(check({ ...good, ...change })).toMatch(what);
});
