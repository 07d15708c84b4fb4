import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { restoreFraming } from "#lib/web/body-framing.ts";

type Params = Record<string, string | string[] | undefined>;
type Handler = (request: Request, context?: { params: Promise<Params> }) => Promise<Response>;

/** Route modules of the app by the pattern of their path; `(?<name>…)` groups become parameters. */
export type ServedRoute = { path: RegExp; module: Partial<Record<string, unknown>> };

// `duplex` is what Node demands beside a stream; the browser's types do not know it.
const bodyOf = (incoming: IncomingMessage): RequestInit & { duplex?: "half" } =>
  incoming.method === "GET" || incoming.method === "HEAD"
    ? {}
    : { body: Readable.toWeb(incoming) as RequestInit["body"] & object, duplex: "half" };

const send = async (response: Response, outgoing: ServerResponse): Promise<void> => {
  outgoing.statusCode = response.status;
  // As Next does: bodies are framed by what `carryFraming` wrote, or not at all.
  const framing = ["content-length", "content-encoding", "transfer-encoding"];
  for (const [name, value] of response.headers) if (!framing.includes(name)) outgoing.setHeader(name, value);
  if (response.body === null) {
    outgoing.end();
    return;
  }
  await pipeline(Readable.fromWeb(response.body as Parameters<typeof Readable.fromWeb>[0]), outgoing);
};

const goneCodes = ["ERR_STREAM_PREMATURE_CLOSE", "ERR_STREAM_UNABLE_TO_PIPE", "ECONNRESET", "EPIPE"];

/** What a client leaves behind that goes before its answer has ended; everything else is a fault that somebody must see. */
const isLeaving = (error: unknown): boolean =>
  error instanceof Error &&
  (error.name === "AbortError" || ("code" in error && goneCodes.includes(String(error.code))));

/**
 * Serves the app's route handlers on a plain Node server, without Next: the same functions, the same frame. Gives the
 * address and what stops it. What a handler throws is told on the console, and its connection ends.
 */
export const serveRoutes = async (
  routes: readonly ServedRoute[],
): Promise<{ url: string; stop: () => Promise<void> }> => {
  const answer = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const gone = new AbortController();
    outgoing.once("close", () => gone.abort());
    const url = new URL(incoming.url ?? "/", `http://${incoming.headers.host}`);
    const route = routes.find(({ path }) => path.test(url.pathname));
    const handler = route?.module[incoming.method ?? ""] as Handler | undefined;
    if (handler === undefined) {
      outgoing.writeHead(404).end();
      return;
    }
    const headers = new Headers(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]));
    const request = new Request(url, {
      method: incoming.method ?? "GET",
      headers,
      signal: gone.signal,
      ...bodyOf(incoming),
    });
    const params = Promise.resolve({ ...route?.path.exec(url.pathname)?.groups });
    await send(await handler(request, { params }), outgoing);
  };
  restoreFraming();
  const server = createServer((incoming, outgoing) => {
    answer(incoming, outgoing).catch((error: unknown) => {
      if (!isLeaving(error)) console.error("A served route failed:", error);
      outgoing.destroy();
    });
  });
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen(0, "127.0.0.1", resolve);
  await promise;
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    stop: async () => {
      const closed = Promise.withResolvers<void>();
      server.close(() => closed.resolve());
      server.closeAllConnections();
      await closed.promise;
    },
  };
};
