import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import type { JsonSchema } from "#lib/web/openapi/openapi-types.ts";

/** Which side of a schema: what is sent (`input`), or what comes back (`output`). */
export type Side = "input" | "output";

/** Turns Zod schemas into JSON Schemas that share their named parts. */
export type SchemaWriter = {
  /** The JSON Schema of one side. References in it have provisional names until `settle`. */
  write: (schema: z.ZodType, side: Side) => JsonSchema;
  /** The same value with final references, and all named parts by name. Call it once, at the end. */
  settle: <Value>(value: Value) => { value: Value; schemas: Record<string, JsonSchema> };
};

/** How exact the schemas are. */
export type SchemaWriterOptions = {
  /**
   * Whether objects of answers name all their fields. The document leaves them open, so that a client that checks answers
   * does not break when a later version adds one; our own tests close them.
   */
  closedAnswers: boolean;
};

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const mapStrings = <Value>(value: Value, change: (text: string, key: string) => string, key = ""): Value => {
  if (typeof value === "string") return change(value, key) as Value;
  if (Array.isArray(value)) return value.map((one) => mapStrings(one, change, key)) as Value;
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, mapStrings(one, change, name)]),
  ) as unknown as Value;
};

const safeIntegers = new Set<unknown>([Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER]);

/** Words for booleans, as queries have them: clients write `true` and `false` like for any boolean. */
const isBooleanText = ({ def }: z.core.$ZodTypeInternals): boolean => {
  if (def.type !== "pipe") return false;
  const { in: from, out: to } = def as z.core.$ZodPipeDef;
  return from._zod.def.type === "string" && to._zod.def.type === "boolean";
};

const tidy = (json: JsonSchema): void => {
  // The format says it, and the pattern of dates is a line long.
  if (json.format !== undefined) delete json.pattern;
  for (const bound of ["minimum", "maximum"]) if (safeIntegers.has(json[bound])) delete json[bound];
};

const toJson = (schema: z.ZodType, side: Side, { closedAnswers }: SchemaWriterOptions): JsonSchema =>
  z.toJSONSchema(z.object({ it: schema }), {
    io: side,
    target: "draft-2020-12",
    unrepresentable: "any",
    override: ({ zodSchema, jsonSchema }) => {
      tidy(jsonSchema);
      if (side === "input" && isBooleanText(zodSchema._zod)) jsonSchema.type = "boolean";
      const { def } = zodSchema._zod;
      const isOpen = def.type === "object" && (def as z.core.$ZodObjectDef).catchall === undefined;
      if (side === "output" && isOpen && !closedAnswers) delete jsonSchema.additionalProperties;
    },
  });

const pointer = "#/components/schemas/";
const provisional = (side: Side, name: string) => `${pointer}${side}:${name}`;
const provisionalPattern = /^#\/components\/schemas\/(input|output):(.+)$/;

const takeRefs = (json: JsonSchema, side: Side): JsonSchema =>
  mapStrings(json, (text, key) =>
    key === "$ref" && text.startsWith("#/$defs/") ? provisional(side, text.slice("#/$defs/".length)) : text,
  );

const namesIn = (json: JsonSchema): string[] => {
  const names: string[] = [];
  mapStrings(json, (text, key) => {
    const name = key === "$ref" ? provisionalPattern.exec(text)?.[2] : undefined;
    if (name !== undefined) names.push(name);
    return text;
  });
  return names;
};

const withoutSide = (json: JsonSchema): JsonSchema =>
  mapStrings(json, (text) => text.replace(provisionalPattern, (_, __, name: string) => pointer + name));

/** Names whose two sides differ, in themselves or in what they refer to. */
const splitNames = (sides: Record<Side, Map<string, JsonSchema>>): Set<string> => {
  const both = [...sides.input.keys()].filter((name) => sides.output.has(name));
  const sideOf = (side: Side, name: string) => sides[side].get(name) ?? {};
  const split = new Set(
    both.filter((name) => !isDeepStrictEqual(withoutSide(sideOf("input", name)), withoutSide(sideOf("output", name)))),
  );
  for (let before = -1; before !== split.size; ) {
    before = split.size;
    for (const name of both) if (namesIn(sideOf("input", name)).some((one) => split.has(one))) split.add(name);
  }
  return split;
};

/**
 * A writer that gathers the schemas named by `.meta({ id })`. One that is both sent and answered, and looks different on its
 * two sides (defaults need not be sent, but always come back), is called `<Name>Input` where it is sent.
 */
export const createSchemaWriter = (options: SchemaWriterOptions): SchemaWriter => {
  const sides: Record<Side, Map<string, JsonSchema>> = { input: new Map(), output: new Map() };
  const write = (schema: z.ZodType, side: Side): JsonSchema => {
    const { $defs, properties } = toJson(schema, side, options);
    for (const [name, json] of Object.entries(isRecord($defs) ? $defs : {})) {
      const { id: _, ...rest } = isRecord(json) ? json : {};
      sides[side].set(name, takeRefs(rest, side));
    }
    const own = isRecord(properties) && isRecord(properties.it) ? properties.it : {};
    return takeRefs(own, side);
  };
  const settle: SchemaWriter["settle"] = (value) => {
    const split = splitNames(sides);
    const nameOf = (side: string, name: string) => (side === "input" && split.has(name) ? `${name}Input` : name);
    const final = <Value>(one: Value): Value =>
      mapStrings(one, (text, key) =>
        key === "$ref" ? text.replace(provisionalPattern, (_, side, name) => pointer + nameOf(side, name)) : text,
      );
    const entries = (["output", "input"] as const).flatMap((side) =>
      [...sides[side]].map(([name, json]) => [nameOf(side, name), final(json)] as const),
    );
    const schemas = Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)));
    return { value: final(value), schemas };
  };
  return { write, settle };
};
