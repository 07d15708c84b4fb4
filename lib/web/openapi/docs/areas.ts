import { AppError, type ErrorCode, errorStatus } from "#lib/errors.ts";
import { curlOf, fetchOf, type ShownRequest } from "#lib/web/openapi/docs/requests.ts";
import { type FieldTree, fieldsOf, limitsOf, typeOf } from "#lib/web/openapi/docs/schema-tree.ts";
import type { HeaderObject, MediaTypeObject, OperationObject, ResponseObject } from "#lib/web/openapi/openapi-types.ts";
import { sampleOf } from "#lib/web/openapi/sample.ts";
import { storedDocument } from "#lib/web/openapi/served-document.ts";

/** One line of the list of operations. */
export type OperationLine = { id: string; method: string; path: string; summary: string };

/** An area with its operations. */
export type AreaLine = { slug: string; name: string; description: string; operations: OperationLine[] };

/** A body as a reader sees it. */
export type ShownBody = { contentType: string; type: string | null; fields: FieldTree[]; example: string | null };

/** What a caller must show: nothing, anything or nothing, a session or access token, or also an API token with a scope. */
export type ShownAccess =
  | { kind: "anyone" | "anyoneOrKnown" | "session" }
  | { kind: "scope" | "scopeOrAnyone"; scope: string };

/** An operation as a reader sees it. */
export type ShownOperation = OperationLine & {
  description: string | null;
  access: ShownAccess;
  parameters: {
    name: string;
    place: "path" | "query" | "header";
    required: boolean;
    type: string;
    limits: string[];
    description: string | null;
  }[];
  bodies: ShownBody[];
  answers: { status: string; description: string; bodies: ShownBody[]; headers: { name: string; text: string }[] }[];
  faults: { status: string; codes: string[] }[];
  curl: string;
  fetch: string;
};

const slugOf = (name: string): string => name.toLowerCase().replaceAll(" ", "-");

const lineOf = (path: string, method: string, operation: OperationObject): OperationLine => ({
  id: operation.operationId,
  method: method.toUpperCase(),
  path,
  summary: operation.summary,
});

/** All areas of the API with their operations, in the document's order. */
export const listAreas = (): AreaLine[] => {
  const { tags, paths } = storedDocument();
  const all = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      tag: operation.tags[0],
      line: lineOf(path, method, operation),
    })),
  );
  return tags.map(({ name, description }) => ({
    ...{ slug: slugOf(name), name, description },
    operations: all.flatMap(({ tag, line }) => (tag === name ? [line] : [])),
  }));
};

const bodiesOf = (content: Readonly<Record<string, MediaTypeObject>> = {}): ShownBody[] => {
  const { schemas } = storedDocument().components;
  return Object.entries(content).map(([contentType, { schema }]) => {
    const isJson = contentType === "application/json" && schema !== undefined;
    return {
      contentType,
      type: isJson ? typeOf(schema) : null,
      fields: isJson ? fieldsOf(schema, schemas) : [],
      example: isJson ? JSON.stringify(sampleOf(schema, schemas), null, 2) : null,
    };
  });
};

const accessOf = ({ security }: OperationObject): ShownAccess => {
  const open = security.some((one) => Object.keys(one).length === 0);
  const scope = security.flatMap((one) => one.apiToken ?? [])[0];
  if (security.length === 0) return { kind: "anyone" };
  if (scope !== undefined) return { kind: open ? "scopeOrAnyone" : "scope", scope };
  return { kind: open ? "anyoneOrKnown" : "session" };
};

const headerText = (header: HeaderObject | { $ref: string }): string =>
  "$ref" in header ? "" : (header.description ?? "");

const answersOf = ({ responses }: OperationObject): ShownOperation["answers"] =>
  Object.entries(responses).flatMap(([status, response]) => {
    if ("$ref" in response) return [];
    const { description, content, headers = {} } = response;
    const texts = Object.entries(headers).map(([name, header]) => ({ name, text: headerText(header) }));
    return [{ status, description, bodies: bodiesOf(content), headers: texts }];
  });

const codesOf = (response: ResponseObject): string[] =>
  "$ref" in response ? response.$ref.replace("#/components/responses/", "").split("_or_") : [];

const faultsOf = ({ responses }: OperationObject): ShownOperation["faults"] =>
  Object.entries(responses).flatMap(([status, response]) => {
    const codes = codesOf(response);
    return codes.length === 0 ? [] : [{ status, codes }];
  });

const shown = (request: ShownRequest): ShownOperation => {
  const { path, method, operation, schemas } = request;
  return {
    ...lineOf(path, method, operation),
    description: operation.description ?? null,
    access: accessOf(operation),
    parameters: (operation.parameters ?? []).map(({ name, in: place, required, schema, description }) => ({
      ...{ name, place, required, type: typeOf(schema), limits: limitsOf(schema, schemas) },
      description: description ?? null,
    })),
    bodies: bodiesOf(operation.requestBody?.content),
    answers: answersOf(operation),
    faults: faultsOf(operation),
    ...{ curl: curlOf(request), fetch: fetchOf(request) },
  };
};

/** One area with all that is to be said of its operations; null when there is none of that name. */
export const getArea = (slug: string, origin: string): { area: AreaLine; operations: ShownOperation[] } | null => {
  const { paths, components } = storedDocument();
  const area = listAreas().find((one) => one.slug === slug);
  if (area === undefined) return null;
  const { schemas } = components;
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, operation]) =>
      operation.tags[0] === area.name ? [shown({ path, method, operation, schemas, origin })] : [],
    ),
  );
  return { area, operations };
};

/** The table of faults: every code, its status and what it says unless it has more to say. */
export const listFaults = (): { code: string; status: number; message: string }[] =>
  (Object.keys(errorStatus) as ErrorCode[]).map((code) => ({
    ...{ code, status: errorStatus[code] },
    message: new AppError(code).message,
  }));
