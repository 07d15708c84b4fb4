import { z } from "zod";
import type { RouteScope } from "#lib/accounts/scopes.ts";
import type { AnswerDescription, BodyKind, HeaderTexts, RawDescription } from "#lib/web/openapi/description.ts";
import { type createFaultAnswers, faultsOf } from "#lib/web/openapi/faults.ts";
import type {
  JsonSchema,
  MediaTypeObject,
  OperationObject,
  ParameterObject,
  ResponseObject,
} from "#lib/web/openapi/openapi-types.ts";
import type { AnySpec, RouteEntry } from "#lib/web/openapi/route-entry.ts";
import type { SchemaWriter, Side } from "#lib/web/openapi/schema-writer.ts";
import { tagOf } from "#lib/web/openapi/tags.ts";

/** What operations are written with. */
export type OperationTools = { writer: SchemaWriter; faults: ReturnType<typeof createFaultAnswers> };

const meanings: Record<number, string> = {
  200: "Done.",
  201: "Made.",
  202: "Taken; the work goes on.",
  204: "Done; there is no body.",
};

const rawOf = ({ openapi }: AnySpec): Partial<RawDescription> => (typeof openapi === "object" ? openapi : {});

const mediaType = (kind: BodyKind, side: Side, writer: SchemaWriter): MediaTypeObject => {
  if (kind === "bytes") return {};
  return { schema: kind === "text" ? { type: "string" } : writer.write(kind, side) };
};

const contentOf = (kinds: Readonly<Record<string, BodyKind>>, side: Side, writer: SchemaWriter) =>
  Object.fromEntries(Object.entries(kinds).map(([type, kind]) => [type, mediaType(kind, side, writer)]));

const fieldsOf = (schema: z.ZodType | undefined, writer: SchemaWriter): [string, JsonSchema, boolean][] => {
  if (!(schema instanceof z.ZodObject)) return [];
  return Object.entries(schema.shape).map(([name, field]) => [
    name,
    writer.write(field as z.ZodType, "input"),
    !(field as z.ZodType).safeParse(undefined).success,
  ]);
};

const parameter = (input: Omit<ParameterObject, "description">): ParameterObject => {
  const { description, ...schema } = input.schema;
  return { ...input, ...(typeof description === "string" ? { description } : {}), schema };
};

const pathParameters = ({ path, openEnded, spec }: RouteEntry, writer: SchemaWriter): ParameterObject[] => {
  const known = new Map(fieldsOf(spec.params ?? rawOf(spec).params, writer).map(([name, schema]) => [name, schema]));
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => {
    const rest = { type: "string", description: "May hold slashes." };
    const schema = openEnded.includes(name) ? rest : (known.get(name) ?? { type: "string" });
    return parameter({ name, in: "path", required: true, schema });
  });
};

const headerParameters = (headers: HeaderTexts = {}): ParameterObject[] =>
  Object.entries(headers).map(([name, description]) => ({
    name: name.replace(/!$/, ""),
    in: "header",
    required: name.endsWith("!"),
    description,
    schema: { type: "string" },
  }));

const parametersOf = (entry: RouteEntry, writer: SchemaWriter): ParameterObject[] => {
  const raw = rawOf(entry.spec);
  const query = fieldsOf(entry.spec.query ?? raw.query, writer).map(([name, schema, required]) =>
    parameter({ name, in: "query", required, schema }),
  );
  return [...pathParameters(entry, writer), ...query, ...headerParameters(raw.requestHeaders)];
};

const answerOf = (answer: AnswerDescription, writer: SchemaWriter): ResponseObject => {
  const { description, content, headers } = answer;
  return {
    description,
    ...(headers === undefined
      ? {}
      : {
          headers: Object.fromEntries(
            Object.entries(headers).map(([name, text]) => [name, { description: text, schema: { type: "string" } }]),
          ),
        }),
    ...(content === undefined ? {} : { content: contentOf(content, "output", writer) }),
  };
};

const goodAnswers = (spec: AnySpec, writer: SchemaWriter): Record<string, ResponseObject> => {
  const { answers } = rawOf(spec);
  if (answers !== undefined) {
    return Object.fromEntries(Object.entries(answers).map(([status, one]) => [status, answerOf(one, writer)]));
  }
  const status = spec.status ?? (spec.response === undefined ? 204 : 200);
  const content = spec.response === undefined ? {} : { content: { "application/json": spec.response } };
  return { [status]: answerOf({ description: meanings[status] ?? "Done.", ...content }, writer) };
};

const requestBodyOf = (spec: AnySpec, writer: SchemaWriter): Pick<OperationObject, "requestBody"> => {
  const kinds = spec.body === undefined ? rawOf(spec).requestContent : { "application/json": spec.body };
  if (kinds === undefined) return {};
  // A tus upload may be created without its first bytes.
  const required = !("application/offset+octet-stream" in kinds) || rawOf(spec).answers?.[201] === undefined;
  return { requestBody: { required, content: contentOf(kinds, "input", writer) } };
};

const tokenNeeds = (scope: RouteScope | undefined): Record<string, string[]>[] => {
  if (scope === undefined || scope === "session") return [];
  return [{ apiToken: scope === "public" ? [] : [scope] }];
};

/** What a caller must show: nothing, or one of the three ways to say who asks. */
const securityOf = ({ identity, scope, anonymous }: AnySpec): Record<string, string[]>[] => {
  if (identity === "ignore") return [];
  const known = [{ session: [] }, { accessToken: [] }, ...tokenNeeds(scope)];
  return anonymous === true || scope === "public" ? [{}, ...known] : known;
};

/** The Operation Object of a route. */
export const operationOf = (entry: RouteEntry, { writer, faults }: OperationTools): OperationObject => {
  const { spec, method, path } = entry;
  const parameters = parametersOf(entry, writer);
  return {
    operationId: spec.name,
    tags: [tagOf(path)],
    summary: spec.summary ?? "",
    ...(spec.description === undefined ? {} : { description: spec.description }),
    security: securityOf(spec),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...requestBodyOf(spec, writer),
    // A good answer that shares its status with a fault (readiness) says more.
    responses: { ...faults.answersOf(faultsOf(spec, method)), ...goodAnswers(spec, writer) },
  };
};
