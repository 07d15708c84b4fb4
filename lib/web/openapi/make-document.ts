import { scopes } from "#lib/accounts/scopes.ts";
import { errorSchema } from "#lib/web/openapi/error-schema.ts";
import { withExamples } from "#lib/web/openapi/examples.ts";
import { createFaultAnswers, faultHeaders } from "#lib/web/openapi/faults.ts";
import { introduction } from "#lib/web/openapi/introduction.ts";
import type { OpenApiDocument, OperationObject } from "#lib/web/openapi/openapi-types.ts";
import { operationOf } from "#lib/web/openapi/operation.ts";
import type { RouteEntry } from "#lib/web/openapi/route-entry.ts";
import { createSchemaWriter, type SchemaWriterOptions } from "#lib/web/openapi/schema-writer.ts";
import { tags } from "#lib/web/openapi/tags.ts";

const securitySchemes = {
  session: {
    type: "apiKey",
    in: "cookie",
    name: "next-auth.session-token",
    description:
      "The session of a browser (`__Secure-next-auth.session-token` over TLS). Changes must come from the site's own origin.",
  },
  accessToken: {
    type: "http",
    scheme: "bearer",
    bearerFormat: "JWT",
    description: "An access token of `POST /api/v1/auth/token`; may do what its account may, for 15 minutes.",
  },
  apiToken: {
    type: "http",
    scheme: "bearer",
    description: `An API token with scopes: ${scopes.map((scope) => `\`${scope}\``).join(", ")}. What an operation needs stands with it.`,
  },
};

const byPath = (entries: readonly RouteEntry[], operation: (entry: RouteEntry) => OperationObject) => {
  const paths: Record<string, Record<string, OperationObject>> = {};
  for (const entry of entries.toSorted((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))) {
    paths[entry.path] = { ...paths[entry.path], [entry.method.toLowerCase()]: operation(entry) };
  }
  return paths;
};

/** The OpenAPI 3.1 document of these routes, with `/` as the server. */
export const makeDocument = (
  entries: readonly RouteEntry[],
  { closedAnswers }: SchemaWriterOptions = { closedAnswers: false },
): OpenApiDocument => {
  const writer = createSchemaWriter({ closedAnswers });
  const faults = createFaultAnswers(writer.write(errorSchema, "output"));
  const paths = byPath(entries, (entry) => operationOf(entry, { writer, faults }));
  const { value, schemas } = writer.settle({ paths, responses: faults.responses() });
  const used = new Set(
    Object.values(paths).flatMap((one) => Object.values(one).flatMap((operation) => operation.tags)),
  );
  return {
    openapi: "3.1.0",
    jsonSchemaDialect: "https://json-schema.org/draft/2020-12/schema",
    info: {
      title: "Kinora",
      version: "1",
      summary: "Upload, process, watch and find videos.",
      description: introduction,
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: "/" }],
    tags: tags.filter(({ name }) => used.has(name)),
    paths: value.paths,
    components: {
      schemas: withExamples(schemas),
      responses: value.responses,
      headers: faultHeaders,
      securitySchemes,
    },
  };
};
