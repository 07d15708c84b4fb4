import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { onRequestStart } from "#lib/web/on-request-start.ts";

/** Header with the key under which a request's body waits, written over whatever a client sent. */
const bodyHeader = "x-kinora-body";
const withLargeBodies = "/api/v1/uploads/";

const globals = globalThis as typeof globalThis & { kinoraIncoming?: Map<string, IncomingMessage> };

const keep = (waiting: Map<string, IncomingMessage>, request: IncomingMessage): void => {
  delete request.headers[bodyHeader];
  if (request.method !== "PATCH" || request.url?.startsWith(withLargeBodies) !== true) return;
  const key = randomUUID();
  request.headers[bodyHeader] = key;
  waiting.set(key, request);
  request.once("close", () => waiting.delete(key));
};

/** From now on `incomingBody` finds the bodies of upload chunks. Repeating the call does nothing. */
export const keepIncomingBodies = (): void => {
  globals.kinoraIncoming ??= new Map();
  const waiting = globals.kinoraIncoming;
  onRequestStart("keep-incoming-bodies", ({ request }) => keep(waiting, request));
};

const streamOf = (incoming: IncomingMessage): ReadableStream<Uint8Array> => {
  let bytes: AsyncIterator<Uint8Array> | null = null;
  return new ReadableStream<Uint8Array>(
    {
      // Nothing is touched before the first read, so that a refused request's body is still Node's to discard.
      pull: async (controller) => {
        bytes ??= (incoming as AsyncIterable<Uint8Array>)[Symbol.asyncIterator]();
        const { done, value } = await bytes.next();
        if (done === true) controller.close();
        else controller.enqueue(value);
      },
      cancel: async () => {
        await bytes?.return?.();
      },
    },
    { highWaterMark: 0 },
  );
};

/**
 * A request whose body is read from the connection itself. The one that Next makes copies every 64 KiB into memory of its
 * own, which costs uploads as much processor time as all the rest. Gives the request as it is when its connection is not
 * known (outside the site) or somebody has begun to read it.
 */
export const withIncomingBody = (request: Request): Request => {
  const incoming = globals.kinoraIncoming?.get(request.headers.get(bodyHeader) ?? "");
  if (incoming === undefined || request.bodyUsed || incoming.readableDidRead || incoming.destroyed) return request;
  const { method, headers, signal } = request;
  // `duplex` is what Node demands beside a stream; the browser's types do not know it.
  const init: RequestInit & { duplex: "half" } = { method, headers, signal, body: streamOf(incoming), duplex: "half" };
  return new Request(request.url, init);
};
