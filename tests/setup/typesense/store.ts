import { answerSearch } from "#tests/setup/typesense/answer-search.ts";
import type { CollectionShape, Field, SearchAsked } from "#tests/setup/typesense/description.ts";
import { type Doc, parseFilter } from "#tests/setup/typesense/filter.ts";

type Collection = CollectionShape & { docs: Map<string, Doc>; madeAt: number };

/** A fault as the server tells it. */
export class StoreFault extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

const isOfType = ({ type }: Field, value: unknown): boolean => {
  if (type === "string") return typeof value === "string";
  if (type === "string[]") return Array.isArray(value) && value.every((one) => typeof one === "string");
  return type === "bool" ? typeof value === "boolean" : Number.isSafeInteger(value) || type === "float";
};

/** What is wrong with a document; null when it fits its schema. */
const faultOf = (doc: Record<string, unknown>, fields: readonly Field[]): string | null => {
  for (const field of fields) {
    const value = doc[field.name];
    if (value === undefined && field.optional !== true)
      return `Field \`${field.name}\` has been declared but is missing.`;
    if (value !== undefined && !isOfType(field, value)) return `Field \`${field.name}\` must be ${field.type}.`;
  }
  const unknown = Object.keys(doc).find((name) => name !== "id" && !fields.some((field) => field.name === name));
  return unknown === undefined ? null : `No field of the schema: ${unknown}`;
};

/** Collections, aliases, synonyms and documents, in memory. */
export class Store {
  readonly collections = new Map<string, Collection>();
  readonly aliases = new Map<string, string>();
  readonly synonyms = new Map<string, readonly (readonly string[])[]>();

  /** A collection by its name or an alias. Throws 404. */
  collection(name: string): Collection {
    const found = this.collections.get(this.aliases.get(name) ?? name);
    if (found === undefined) throw new StoreFault(404, `Could not find a collection with name \`${name}\`.`);
    return found;
  }

  create(shape: CollectionShape): Record<string, unknown> {
    if (this.collections.has(shape.name))
      throw new StoreFault(409, `A collection with name \`${shape.name}\` already exists.`);
    for (const set of shape.synonym_sets ?? [])
      if (!this.synonyms.has(set)) throw new StoreFault(404, `No synonym set ${set}.`);
    this.collections.set(shape.name, { ...shape, docs: new Map(), madeAt: Date.now() });
    return { ...shape, num_documents: 0, created_at: 0 };
  }

  drop(name: string): Record<string, unknown> {
    const { name: own } = this.collection(name);
    this.collections.delete(own);
    return { name: own };
  }

  private put(collection: Collection, line: string, action: string): Record<string, unknown> {
    const given = JSON.parse(line) as Record<string, unknown>;
    const id = String(given.id);
    const known = collection.docs.get(id);
    if (action === "update" && known === undefined) return { success: false, code: 404, error: `No document ${id}.` };
    const doc = { ...(action === "update" ? known : {}), ...given, id };
    const error = faultOf(doc, collection.fields);
    if (error !== null) return { success: false, code: 400, error, document: line };
    collection.docs.set(id, doc);
    return { success: true };
  }

  /** Takes lines of JSON; tells of each whether it was taken. */
  importLines(name: string, lines: string, action: string): string {
    const collection = this.collection(name);
    return lines
      .split("\n")
      .map((line) => JSON.stringify(this.put(collection, line, action)))
      .join("\n");
  }

  deleteWhere(name: string, filter: string): { num_deleted: number } {
    const { docs, fields } = this.collection(name);
    const test = parseFilter(filter, new Set(fields.filter(({ index }) => index !== false).map((field) => field.name)));
    const gone = [...docs.values()].filter(test);
    for (const { id } of gone) docs.delete(id);
    return { num_deleted: gone.length };
  }

  exportLines(name: string, included: string | undefined): string {
    const names = included?.split(",");
    const { docs } = this.collection(name);
    return [...docs.values()]
      .map((doc) => JSON.stringify(names === undefined ? doc : Object.fromEntries(names.map((key) => [key, doc[key]]))))
      .join("\n");
  }

  search(search: SearchAsked): Record<string, unknown> {
    const { fields, docs, synonym_sets = [] } = this.collection(search.collection);
    const groups = synonym_sets.flatMap((set) => [...(this.synonyms.get(set) ?? [])]);
    const synonymsOf = (token: string) => groups.filter((group) => group.includes(token)).flat();
    return answerSearch(search, { fields, docs: [...docs.values()], synonymsOf });
  }
}
