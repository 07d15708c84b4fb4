/** A document as the server keeps it. */
export type Doc = { id: string } & Record<string, unknown>;

type Test = (doc: Doc) => boolean;

/** A filter that cannot be read. */
export class BadFilter extends Error {}

/** Strings are compared as the server does: without case and signs. */
const plain = (value: unknown): string =>
  String(value)
    .toLowerCase()
    .replace(/[^\p{L}\p{N} ]/gu, "");

const valuesOf = (doc: Doc, field: string): unknown[] => {
  const value = doc[field];
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
};

const listPattern = /^\[(.*)\]$/s;

const parseList = (text: string): string[] => {
  const inner = listPattern.exec(text)?.[1];
  if (inner === undefined) throw new BadFilter(`not a list: ${text}`);
  const values = [...inner.matchAll(/`([^`]*)`(?:,|$)/g)];
  if (values.map(([whole]) => whole).join("") !== inner) throw new BadFilter(`not a list of quoted values: ${text}`);
  return values.map(([, value]) => value ?? "");
};

const isOneOf = (field: string, values: readonly string[]): Test => {
  const wanted = new Set(field === "id" ? values : values.map(plain));
  return (doc) => valuesOf(doc, field).some((value) => wanted.has(field === "id" ? String(value) : plain(value)));
};

const clause = (text: string, fields: ReadonlySet<string>): Test => {
  const match = /^([a-z_]+)(:=|:!=|:>=|:<)(.+)$/s.exec(text.trim());
  const [, field = "", operator = "", value = ""] = match ?? [];
  if (!fields.has(field) && field !== "id") throw new BadFilter(`no field of the schema: ${text}`);
  if (operator === ":=" || operator === ":!=") {
    const test = isOneOf(field, parseList(value));
    return operator === ":=" ? test : (doc) => !test(doc);
  }
  const bound = Number(value);
  if (!/^-?\d+$/.test(value)) throw new BadFilter(`not a number: ${text}`);
  return (doc) => {
    const number = Number(doc[field]);
    return operator === ":>=" ? number >= bound : number < bound;
  };
};

/** A filter of the few kinds that Kinora writes: conditions on fields of `fields`, all of which must hold. */
export const parseFilter = (text: string | undefined, fields: ReadonlySet<string>): Test => {
  if (text === undefined) return () => true;
  const tests = text.split(" && ").map((part) => clause(part, fields));
  return (doc) => tests.every((test) => test(doc));
};
