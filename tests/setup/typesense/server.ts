import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { BadSearch } from "#tests/setup/typesense/answer-search.ts";
import {
  type CollectionShape,
  type OperationId,
  operationOf,
  type SearchAsked,
} from "#tests/setup/typesense/description.ts";
import { BadFilter } from "#tests/setup/typesense/filter.ts";
import { Store, StoreFault } from "#tests/setup/typesense/store.ts";

/** How the server behaves: well, with 503 for everything, or taking requests and never answering them. */
export type Mode = "well" | "failing" | "hanging";

/** A double of a Typesense server for tests. */
export type TypesenseDouble = {
  url: string;
  apiKey: string;
  store: Store;
  /** Requests that did not fit the description; a test expects none. */
  violations: string[];
  /** Operations that were called, in order. */
  calls: OperationId[];
  behave: (mode: Mode) => void;
  /** Has one operation hang while the others answer; null ends that. */
  hangOn: (operation: OperationId | null) => void;
  /** Ends the process's listening, as if the server had gone; `start` brings it back on the same port with what it stored. */
  stop: () => Promise<void>;
  start: () => Promise<void>;
};

type State = { mode: Mode; hanging: OperationId | null };
type Asked = { parts: Record<string, string>; query: Record<string, string>; body: unknown };

const bodyOf = async (incoming: IncomingMessage): Promise<string> => {
  const parts: Buffer[] = [];
  for await (const part of incoming as AsyncIterable<Buffer>) parts.push(part);
  return Buffer.concat(parts).toString("utf8");
};

const searchOne = (store: Store, search: SearchAsked): Record<string, unknown> => {
  try {
    return store.search(search);
  } catch (error) {
    if (error instanceof StoreFault) return { code: error.status, error: error.message };
    throw error;
  }
};

type Body = { items: { synonyms: string[] }[]; collection_name: string; searches: SearchAsked[] } & CollectionShape;

/** What each operation does, after its request was checked. */
const answers = (store: Store): Record<OperationId, (asked: Asked) => unknown> => {
  const body = (asked: Asked) => asked.body as Body;
  return {
    health: () => ({ ok: true }),
    listCollections: () =>
      [...store.collections.values()].map(({ name, docs }) => ({ name, num_documents: docs.size })),
    createCollection: (asked) => store.create(body(asked)),
    deleteCollection: ({ parts }) => store.drop(parts.collection ?? ""),
    listAliases: () => ({ aliases: [...store.aliases].map(([name, collection_name]) => ({ name, collection_name })) }),
    putAlias: (asked) => {
      const { collection_name } = body(asked);
      store.collection(collection_name);
      store.aliases.set(asked.parts.alias ?? "", collection_name);
      return { name: asked.parts.alias, collection_name };
    },
    putSynonymSet: (asked) => {
      const { items } = body(asked);
      store.synonyms.set(
        asked.parts.set ?? "",
        items.map(({ synonyms }) => synonyms),
      );
      return { name: asked.parts.set, items };
    },
    deleteAlias: ({ parts }) => ({ name: parts.alias, was: store.aliases.delete(parts.alias ?? "") }),
    deleteSynonymSet: ({ parts }) => ({ name: parts.set, was: store.synonyms.delete(parts.set ?? "") }),
    importDocuments: ({ parts, query, body: lines }) =>
      store.importLines(parts.collection ?? "", String(lines), query.action ?? ""),
    deleteDocuments: ({ parts, query }) => store.deleteWhere(parts.collection ?? "", query.filter_by ?? ""),
    exportDocuments: ({ parts, query }) => store.exportLines(parts.collection ?? "", query.include_fields),
    multiSearch: (asked) => ({ results: body(asked).searches.map((search) => searchOne(store, search)) }),
  };
};

const send = (outgoing: ServerResponse, status: number, answer: unknown): void => {
  const isText = typeof answer === "string";
  outgoing.writeHead(status, { "content-type": isText ? "text/plain; charset=utf-8" : "application/json" });
  outgoing.end(isText ? answer : JSON.stringify(answer));
};

const readBody = (text: string, id: OperationId): unknown =>
  text === "" ? undefined : id === "importDocuments" ? text : JSON.parse(text);

type Serving = { state: State; double: Omit<TypesenseDouble, "stop" | "start" | "url"> };

const serve = async (
  { state, double }: Serving,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> => {
  const url = new URL(incoming.url ?? "/", "http://typesense.test");
  const text = await bodyOf(incoming);
  const found = operationOf(incoming.method ?? "", url.pathname);
  const violate = (what: string) => {
    double.violations.push(`${incoming.method} ${url.pathname}: ${what}`);
    send(outgoing, 400, { message: what });
  };
  if (found === null) return violate("Kinora calls no such operation.");
  const { operation, parts } = found;
  double.calls.push(operation.id);
  if (state.mode === "hanging" || state.hanging === operation.id) return;
  if (state.mode === "failing") return send(outgoing, 503, { message: "Not Ready or Lagging" });
  if (operation.id !== "health" && incoming.headers["x-typesense-api-key"] !== double.apiKey) {
    return send(outgoing, 401, { message: "Forbidden - a valid `x-typesense-api-key` header must be sent." });
  }
  const query = operation.query.safeParse(Object.fromEntries(url.searchParams));
  const body = operation.body.safeParse(readBody(text, operation.id));
  const fault = query.error ?? body.error;
  if (fault !== undefined) return violate(fault.message);
  try {
    const asked: Asked = { parts, query: Object.fromEntries(url.searchParams), body: body.data };
    send(outgoing, operation.id === "createCollection" ? 201 : 200, answers(double.store)[operation.id](asked));
  } catch (error) {
    if (error instanceof StoreFault) return send(outgoing, error.status, { message: error.message });
    if (error instanceof BadFilter || error instanceof BadSearch) return violate(error.message);
    throw error;
  }
};

const listen = async (server: Server, port: number): Promise<number> => {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once("error", reject);
  server.listen(port, "127.0.0.1", resolve);
  await promise;
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
};

/**
 * Starts a double of a Typesense server, since a real one cannot be installed here: real HTTP, every request checked against
 * the description, documents and aliases kept, simple searches answered. What it finds says something about our requests and
 * nothing about the real server's ranking. The caller stops it.
 */
export const startTypesenseDouble = async (): Promise<TypesenseDouble> => {
  const state: State = { mode: "well", hanging: null };
  const double: Serving["double"] = {
    ...{ apiKey: "a-key-for-tests", store: new Store(), violations: [], calls: [] },
    behave: (mode) => {
      state.mode = mode;
    },
    hangOn: (operation) => {
      state.hanging = operation;
    },
  };
  const make = () =>
    createServer((incoming, outgoing) => {
      serve({ state, double }, incoming, outgoing).catch((error: unknown) => {
        // A client that goes away in the middle of a request is one of the things that are tested.
        if (!incoming.destroyed || incoming.complete) double.violations.push(`the double failed: ${String(error)}`);
        outgoing.destroy();
      });
    });
  let server = make();
  const port = await listen(server, 0);
  return {
    ...double,
    url: `http://127.0.0.1:${port}`,
    stop: async () => {
      const closed = Promise.withResolvers<void>();
      server.close(() => closed.resolve());
      server.closeAllConnections();
      await closed.promise;
    },
    start: async () => {
      server = make();
      await listen(server, port);
    },
  };
};
