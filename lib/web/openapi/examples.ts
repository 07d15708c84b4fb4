import type { JsonSchema } from "#lib/web/openapi/openapi-types.ts";

const examples: Record<string, unknown> = {};

/** Adds what real values look like to the schemas that have one. */
export const withExamples = (schemas: Readonly<Record<string, JsonSchema>>): Record<string, JsonSchema> =>
  Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => [
      name,
      name in examples ? { ...schema, examples: [examples[name]] } : schema,
    ]),
  );
