/** A JSON Schema (draft 2020-12), as plain data. */
export type JsonSchema = { [keyword: string]: unknown };

/** Header Object. */
export type HeaderObject = { description?: string; schema: JsonSchema };

/** Media Type Object. */
export type MediaTypeObject = { schema?: JsonSchema };

/** Response Object, or a reference to a shared one. */
export type ResponseObject =
  | { $ref: string }
  | {
      description: string;
      headers?: Record<string, HeaderObject | { $ref: string }>;
      content?: Record<string, MediaTypeObject>;
    };

/** Parameter Object. */
export type ParameterObject = {
  name: string;
  in: "path" | "query" | "header";
  required: boolean;
  description?: string;
  schema: JsonSchema;
};

/** Operation Object: one method of one address. */
export type OperationObject = {
  operationId: string;
  tags: string[];
  summary: string;
  description?: string;
  security: Record<string, string[]>[];
  parameters?: ParameterObject[];
  requestBody?: { required: boolean; content: Record<string, MediaTypeObject> };
  responses: Record<string, ResponseObject>;
};

/** The document (OpenAPI 3.1.0, 4.8.1), as far as we write it. */
export type OpenApiDocument = {
  openapi: string;
  jsonSchemaDialect: string;
  info: { title: string; version: string; summary: string; description: string; license: Record<string, string> };
  servers: { url: string; description?: string }[];
  tags: { name: string; description: string }[];
  paths: Record<string, Record<string, OperationObject>>;
  components: {
    schemas: Record<string, JsonSchema>;
    responses: Record<string, ResponseObject>;
    headers: Record<string, HeaderObject>;
    securitySchemes: Record<string, Record<string, unknown>>;
  };
};
