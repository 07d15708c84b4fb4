import type { JsonSchema } from "#lib/web/openapi/openapi-types.ts";

type Schemas = Readonly<Record<string, JsonSchema>>;

const isSchema = (value: unknown): value is JsonSchema =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The schema that a reference leads to; any other as it is. */
export const resolveSchema = (schema: JsonSchema, schemas: Schemas): JsonSchema => {
  if (typeof schema.$ref !== "string") return schema;
  const found = schemas[schema.$ref.replace("#/components/schemas/", "")];
  if (found === undefined) throw new Error(`No schema for ${schema.$ref}`);
  return found;
};

const formats: Record<string, string> = {
  uuid: "0192f0c1-7a3e-7c52-9d41-5b8e0f6a2c34",
  date: "2026-11-21",
  "date-time": "2026-11-21T12:30:00.000Z",
  email: "olena@example.org",
  uri: "https://hooks.example.org/kinora",
};

const textOf = ({ format, minLength }: JsonSchema): string => {
  const known = typeof format === "string" ? formats[format] : undefined;
  if (known !== undefined) return known;
  return "text".padEnd(typeof minLength === "number" ? minLength : 0, "text");
};

const numberOf = ({ minimum, exclusiveMinimum }: JsonSchema): number => {
  if (typeof exclusiveMinimum === "number") return exclusiveMinimum + 1;
  return typeof minimum === "number" ? minimum : 0;
};

const objectOf = (schema: JsonSchema, schemas: Schemas): Record<string, unknown> => {
  const { properties, required } = schema;
  const wanted = Array.isArray(required) ? required : [];
  const fields = isSchema(properties) ? Object.entries(properties) : [];
  // A change with nothing in it shows nothing: then every field is shown.
  const shown = wanted.length === 0 ? fields : fields.filter(([name]) => wanted.includes(name));
  return Object.fromEntries(shown.map(([name, field]) => [name, sampleOf(isSchema(field) ? field : {}, schemas)]));
};

const firstType = ({ type }: JsonSchema): unknown => (Array.isArray(type) ? type[0] : type);

const builtOf = (schema: JsonSchema, schemas: Schemas): unknown => {
  switch (firstType(schema)) {
    case "object":
      return objectOf(schema, schemas);
    case "array":
      return isSchema(schema.items) ? [sampleOf(schema.items, schemas)] : [];
    case "string":
      return textOf(schema);
    case "integer":
    case "number":
      return numberOf(schema);
    case "boolean":
      return true;
    default:
      return null;
  }
};

/** A value that fits a schema: its own example, default or first choice, else one made of its parts. */
export const sampleOf = (schema: JsonSchema, schemas: Schemas): unknown => {
  const found = resolveSchema(schema, schemas);
  if (Array.isArray(found.examples)) return found.examples[0];
  if ("const" in found) return found.const;
  if ("default" in found) return found.default;
  if (Array.isArray(found.enum)) return found.enum[0];
  const choices = found.anyOf ?? found.oneOf;
  if (Array.isArray(choices)) return sampleOf(isSchema(choices[0]) ? choices[0] : {}, schemas);
  return builtOf(found, schemas);
};
