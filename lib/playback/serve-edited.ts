import { createHash } from "node:crypto";
import { serveMemory } from "#lib/playback/serve-memory.ts";
import type { ServeObject } from "#lib/playback/serve-object.ts";

/** A request for one object, ready to be answered by whoever has it. */
export type Delivery = Omit<ServeObject, "store">;

/** Answers with a text that is made for this request. */
export const serveText = (delivery: Delivery, text: string): Promise<Response> =>
  serveMemory({
    ...delivery,
    bytes: new TextEncoder().encode(text),
    etag: createHash("sha256").update(text).digest("base64url").slice(0, 22),
    modifiedAt: new Date(),
  });

/** The request without what would make its answer anything but the whole text. */
const plainRequest = (request: Request): Request => {
  const headers = new Headers(request.headers);
  for (const name of ["range", "if-range", "if-none-match", "accept-encoding"]) headers.delete(name);
  return new Request(request.url, { method: "GET", headers, signal: request.signal });
};

/** Answers with the text that `answer` gives, edited. */
export const serveEdited = async (
  delivery: Delivery,
  input: { answer: (delivery: Delivery) => Promise<Response>; edit: (text: string) => string },
): Promise<Response> => {
  // Only what leaves counts: the edited text.
  const plain = await input.answer({ ...delivery, counted: undefined, request: plainRequest(delivery.request) });
  const cacheControl = plain.headers.get("cache-control");
  const headers = { ...delivery.headers, ...(cacheControl === null ? {} : { "Cache-Control": cacheControl }) };
  return serveText({ ...delivery, headers }, input.edit(await plain.text()));
};
