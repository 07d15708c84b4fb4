import { Validator } from "@seriousme/openapi-schema-validator";
import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { describe, expect, test } from "vitest";
import { examples } from "#lib/web/openapi/examples.ts";
import type { JsonSchema } from "#lib/web/openapi/openapi-types.ts";
import { sampleOf } from "#lib/web/openapi/sample.ts";
import { storedDocument } from "#lib/web/openapi/served-document.ts";

const document = storedDocument();
const { schemas } = document.components;
const ajv = new Ajv2020({ strict: false });
formats.default(ajv);
ajv.addSchema(document, "document");

const faultsOf = (schema: JsonSchema, value: unknown): unknown => {
  const local = JSON.parse(JSON.stringify(schema).replaceAll('"#/components/', '"document#/components/'));
  const validate = ajv.compile(local);
  return validate(value) ? null : validate.errors;
};

const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ name: `${method.toUpperCase()} ${path}`, operation })),
);

test("the document is valid OpenAPI 3.1", async () => {
  const validator = new Validator();
  expect(await validator.validate(structuredClone(document))).toEqual({ valid: true });
  expect(validator.version).toBe("3.1");
});

test("every operation has an id of its own, an area and words", () => {
  const ids = operations.map(({ operation }) => operation.operationId);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.length).toBeGreaterThan(60);
  const areas = new Set(document.tags.map(({ name }) => name));
  for (const { name, operation } of operations) {
    expect(operation.summary, name).not.toBe("");
    expect(operation.description?.length, name).toBeGreaterThan(operation.summary.length / 2);
    expect(
      operation.tags.every((tag) => areas.has(tag)),
      name,
    ).toBe(true);
  }
});

test("every fault has the one error body", () => {
  for (const { name, operation } of operations) {
    for (const [status, response] of Object.entries(operation.responses)) {
      if (Number(status) < 400 || !("$ref" in response)) continue;
      const shared = document.components.responses[response.$ref.replace("#/components/responses/", "")];
      expect(shared, name).toMatchObject({
        content: { "application/json": { schema: { $ref: "#/components/schemas/Error" } } },
      });
    }
  }
});

describe("examples", () => {
  test.each(Object.keys(examples))("%s is in the document and fits its schema", (name) => {
    expect(faultsOf(schemas[name] ?? { not: {} }, examples[name])).toBeNull();
  });

  test.each(Object.keys(schemas))("what is shown for %s fits it", (name) => {
    expect(faultsOf(schemas[name] ?? {}, sampleOf(schemas[name] ?? {}, schemas))).toBeNull();
  });
});
