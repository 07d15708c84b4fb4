import type { JsonSchema, OperationObject } from "#lib/web/openapi/openapi-types.ts";
import { sampleOf } from "#lib/web/openapi/sample.ts";

/** An operation to be shown as a request. */
export type ShownRequest = {
  path: string;
  method: string;
  operation: OperationObject;
  schemas: Readonly<Record<string, JsonSchema>>;
  /** Address of the site. */
  origin: string;
};

const pretty = (value: unknown): string => JSON.stringify(value, null, 2);

const addressOf = ({ path, operation, schemas, origin }: ShownRequest): string => {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const parameter = operation.parameters?.find((one) => one.in === "path" && one.name === name);
    return String(sampleOf(parameter?.schema ?? { type: "string" }, schemas));
  });
  const query = (operation.parameters ?? [])
    .filter((one) => one.in === "query" && one.required)
    .map((one) => `${one.name}=${encodeURIComponent(String(sampleOf(one.schema, schemas)))}`);
  return `${origin}${filled}${query.length === 0 ? "" : `?${query.join("&")}`}`;
};

const ownHeaders: Record<string, string> = {
  "Tus-Resumable": "1.0.0",
  "Upload-Length": "1048576",
  "Upload-Offset": "0",
};

type Body = { type: string; json: unknown } | { type: string; file: true } | null;

const bodyOf = ({ operation, schemas }: ShownRequest): Body => {
  const entries = Object.entries(operation.requestBody?.content ?? {});
  const json = entries.find(([type]) => type === "application/json");
  if (json !== undefined) return { type: json[0], json: sampleOf(json[1].schema ?? {}, schemas) };
  const [first] = entries;
  return first === undefined ? null : { type: first[0], file: true };
};

const headersOf = (request: ShownRequest, body: Body): [string, string][] => {
  const { operation } = request;
  const needed = (operation.parameters ?? []).filter((one) => one.in === "header" && one.required);
  return [
    ...(operation.security.length === 0 ? [] : [["Authorization", "Bearer $TOKEN"] as [string, string]]),
    ...needed.map((one): [string, string] => [one.name, ownHeaders[one.name] ?? "…"]),
    ...(body === null ? [] : [["Content-Type", body.type] as [string, string]]),
  ];
};

/** The request as a line for a shell. */
export const curlOf = (request: ShownRequest): string => {
  const body = bodyOf(request);
  const method = request.method.toUpperCase();
  const verb =
    method === "HEAD" ? " --head" : method === "GET" || (method === "POST" && body !== null) ? "" : ` -X ${method}`;
  const data =
    body === null
      ? []
      : "json" in body
        ? [`-d '${pretty(body.json).replaceAll("'", "'\\''")}'`]
        : ["--data-binary @file"];
  return [
    `curl${verb} '${addressOf(request)}'`,
    ...headersOf(request, body).map(([name, value]) => `-H "${name}: ${value}"`),
    ...data,
  ].join(" \\\n  ");
};

/** The request in JavaScript. */
export const fetchOf = (request: ShownRequest): string => {
  const body = bodyOf(request);
  const method = request.method.toUpperCase();
  const headers = headersOf(request, body).map(([name, value]) =>
    value === "Bearer $TOKEN"
      ? `    ${name}: \`Bearer \${token}\`,`
      : `    ${JSON.stringify(name)}: ${JSON.stringify(value)},`,
  );
  const sent =
    body === null
      ? []
      : [`  body: ${"json" in body ? `JSON.stringify(${pretty(body.json).replaceAll("\n", "\n  ")})` : "file"},`];
  const options = [
    ...(method === "GET" ? [] : [`  method: "${method}",`]),
    ...(headers.length === 0 ? [] : ["  headers: {", ...headers, "  },"]),
    ...sent,
  ];
  const address = JSON.stringify(addressOf(request));
  if (options.length === 0) return `const response = await fetch(${address});`;
  return [`const response = await fetch(${address}, {`, ...options, "});"].join("\n");
};
