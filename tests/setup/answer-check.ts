import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import type { OpenApiDocument, ResponseObject } from "#lib/web/openapi/openapi-types.ts";

/** An answer as far as the document speaks of it. */
export type Answered = {
  path: string;
  method: string;
  status: number;
  /** As the header says it; null without a body. */
  contentType: string | null;
  /** Parsed JSON; undefined for every other body. */
  json: unknown;
  /** Whether only the header was asked for: such an answer has no body. */
  isHead: boolean;
  /** Whether the request said who asks. */
  identified: boolean;
};

const pointerPart = (text: string) => encodeURIComponent(text.replaceAll("~", "~0").replaceAll("/", "~1"));

const fits = (pattern: string, type: string): boolean =>
  pattern === type || (pattern.endsWith("/*") && type.startsWith(pattern.slice(0, -1)));

const explain = ({ errors }: ValidateFunction): string =>
  (errors ?? [])
    .map(({ instancePath, message, params }) => `${instancePath || "/"} ${message} ${JSON.stringify(params)}`)
    .join("; ");

/** A check of answers against a document. It gives what is wrong in a sentence, or null. */
export const answerCheck = (document: OpenApiDocument) => {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  formats.default(ajv);
  ajv.addSchema(document, "document");
  const resolve = (response: ResponseObject, pointer: string): { response: ResponseObject; pointer: string } => {
    if (!("$ref" in response)) return { response, pointer };
    const name = response.$ref.replace("#/components/responses/", "");
    const shared = document.components.responses[name];
    if (shared === undefined) throw new Error(`The document has no ${response.$ref}`);
    return { response: shared, pointer: `/components/responses/${pointerPart(name)}` };
  };
  const contentFault = (
    { contentType, json, isHead }: Answered,
    found: { response: ResponseObject; pointer: string },
  ) => {
    const content = "content" in found.response ? found.response.content : undefined;
    const type = contentType?.split(";")[0]?.trim().toLowerCase() ?? null;
    if (type === null) return isHead || content === undefined ? null : "no body, although one is described";
    const named = Object.keys(content ?? {}).find((pattern) => fits(pattern, type));
    if (named === undefined) return `a body of ${type}, which is not described`;
    if (json === undefined) return null;
    const pointer = `document#${found.pointer}/content/${pointerPart(named)}/schema`;
    const validate = ajv.getSchema(pointer) ?? ajv.compile({ $ref: pointer });
    return validate(json) ? null : `a body that does not fit its schema: ${explain(validate)}`;
  };
  return (answered: Answered): string | null => {
    const { path, method, status, identified } = answered;
    const operation = document.paths[path]?.[method.toLowerCase()];
    if (operation === undefined) return null;
    const is = `${method} ${path} (${operation.operationId}) answered`;
    const response = operation.responses[status];
    if (response === undefined) return `${is} ${status}, which is not described: name it in the spec's \`errors\``;
    const open = operation.security.length === 0 || operation.security.some((one) => Object.keys(one).length === 0);
    if (status < 400 && !identified && !open)
      return `${is} ${status} to nobody in particular: say \`anonymous\` in its spec`;
    const pointer = `/paths/${pointerPart(path)}/${method.toLowerCase()}/responses/${status}`;
    const fault = contentFault(answered, resolve(response, pointer));
    return fault === null ? null : `${is} ${status} with ${fault}`;
  };
};
