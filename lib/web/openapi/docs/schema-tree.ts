import type { JsonSchema } from "#lib/web/openapi/openapi-types.ts";
import { resolveSchema } from "#lib/web/openapi/sample.ts";

/** A field of a body as a reader sees it. */
export type FieldTree = {
  name: string;
  /** In words: `string (uuid)`, `array of Video`, `integer or null`. */
  type: string;
  required: boolean;
  description: string | null;
  /** What it may be, and how long or large. */
  limits: string[];
  fields: FieldTree[];
};

type Schemas = Readonly<Record<string, JsonSchema>>;

const isSchema = (value: unknown): value is JsonSchema =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const schemasOf = (value: unknown): JsonSchema[] => (Array.isArray(value) ? value.filter(isSchema) : []);
const choicesOf = (schema: JsonSchema): JsonSchema[] => schemasOf(schema.anyOf ?? schema.oneOf);
const refName = ({ $ref }: JsonSchema): string | null =>
  typeof $ref === "string" ? $ref.replace("#/components/schemas/", "") : null;

const plainType = (schema: JsonSchema): string => {
  const { type, format } = schema;
  const names = [type].flat().filter((one) => typeof one === "string");
  const text = names.join(" or ");
  return typeof format === "string" ? text.replace("string", `string (${format})`) : text;
};

/** The type of a schema in words. */
export const typeOf = (schema: JsonSchema): string => {
  const named = refName(schema);
  if (named !== null) return named;
  const choices = choicesOf(schema);
  if (choices.length > 0) return [...new Set(choices.map(typeOf))].join(" or ");
  if (schema.type === "array") return isSchema(schema.items) ? `array of ${typeOf(schema.items)}` : "array";
  return plainType(schema) || "any";
};

const range = (schema: JsonSchema, [least, most]: readonly [string, string], unit: string): string[] => {
  const { [least]: from, [most]: to } = schema;
  const text = [
    ...(typeof from === "number" ? [`at least ${from}`] : []),
    ...(typeof to === "number" ? [`at most ${to}`] : []),
  ].join(", ");
  return text === "" ? [] : [`${text}${unit}`];
};

/** What a schema allows beyond its type, in words. */
export const limitsOf = (schema: JsonSchema, schemas: Schemas): string[] => {
  const own = resolveSchema(schema, schemas);
  const words = Array.isArray(own.enum) ? own.enum : "const" in own ? [own.const] : [];
  const inner = choicesOf(own).flatMap((choice) => limitsOf(choice, schemas));
  return [
    ...words.map((word) => `\`${JSON.stringify(word)}\``),
    ...range(own, ["minimum", "maximum"], ""),
    ...range(own, ["minLength", "maxLength"], " characters"),
    ...range(own, ["minItems", "maxItems"], " items"),
    ...("default" in schema ? [`\`${JSON.stringify(schema.default)}\` when left out`] : []),
    ...inner,
  ];
};

/** The object of which the fields are to be shown: a schema's own, its items' or that of its one choice that is no null. */
const objectOf = (schema: JsonSchema, schemas: Schemas): JsonSchema | null => {
  const own = resolveSchema(schema, schemas);
  if (isSchema(own.properties)) return own;
  if (isSchema(own.items)) return objectOf(own.items, schemas);
  const objects = choicesOf(own)
    .map((choice) => objectOf(choice, schemas))
    .filter((one) => one !== null);
  return objects.length === 1 ? (objects[0] ?? null) : null;
};

/** The fields of a schema, those of its objects below them. */
export const fieldsOf = (schema: JsonSchema, schemas: Schemas): FieldTree[] => {
  const own = resolveSchema(schema, schemas);
  const several = choicesOf(own).filter((choice) => objectOf(choice, schemas) !== null);
  if (several.length > 1) {
    return several.map((choice, index) => ({
      ...{ name: `${index + 1}`, type: typeOf(choice), required: false, description: null, limits: [] },
      fields: fieldsOf(choice, schemas),
    }));
  }
  const found = objectOf(schema, schemas);
  if (found === null || !isSchema(found.properties)) return [];
  const required = Array.isArray(found.required) ? found.required : [];
  return Object.entries(found.properties).map(([name, value]) => {
    const field = isSchema(value) ? value : {};
    const { description } = field;
    return {
      ...{ name, type: typeOf(field), required: required.includes(name) },
      description: typeof description === "string" ? description : null,
      limits: limitsOf(field, schemas),
      fields: fieldsOf(field, schemas),
    };
  });
};
