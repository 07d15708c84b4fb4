import type { ServerResponse } from "node:http";
import { onRequestStart } from "#lib/web/on-request-start.ts";

// Next 16.4 takes these off every answer of a route handler, in case a fetched body was decoded on its way. Our bodies are
// our own: players want the length of what they fetch, and a compressed playlist without its encoding is unreadable.
const framingHeaders = ["content-length", "content-encoding"] as const;
const carrierPrefix = "x-kinora-";

/** Set by `jsonAnswer` on answers whose body is all there. */
const wholeHeader = `${carrierPrefix}whole`;

const encoder = new TextEncoder();

/** A value as the bytes of its JSON. */
export const jsonBytes = (value: unknown): Uint8Array<ArrayBuffer> => encoder.encode(JSON.stringify(value));

/**
 * An answer of JSON (its bytes) that says how long it is, and leaves in one piece instead
 * of head, body and end one after the other: each costs a call of the system and wakes whoever waits for it.
 */
export const jsonAnswer = (body: Uint8Array<ArrayBuffer>, status = 200): Response =>
  new Response(body, {
    status,
    headers: { "content-type": "application/json", "content-length": String(body.byteLength), [wholeHeader]: "1" },
  });

/** Writes what frames a body under names of our own as well, which pass through Next. */
export const carryFraming = (headers: Headers): void => {
  for (const name of framingHeaders) {
    const value = headers.get(name);
    if (value !== null) headers.set(carrierPrefix + name, value);
  }
};

const framingNameOf = (header: string): string | undefined =>
  framingHeaders.find((name) => header.toLowerCase() === carrierPrefix + name);

/** Keeps the head until the body is written; an answer without a body lets go of it by its end. */
const holdHead = (response: ServerResponse): void => {
  const write = response.write;
  response.cork();
  response.write = (...input: unknown[]) => {
    response.write = write;
    const isTaken = Reflect.apply(write, response, input);
    response.uncork();
    return isTaken;
  };
};

const restoreOn = (response: ServerResponse): void => {
  const setHeader = response.setHeader.bind(response);
  response.setHeader = (name, value) => {
    if (name.toLowerCase() === wholeHeader) {
      holdHead(response);
      return response;
    }
    const framing = framingNameOf(name);
    if (framing === undefined) return setHeader(name, value);
    return setHeader(framing, Array.isArray(value) ? String(value[0]) : value);
  };
};

/**
 * From now on every answer of this process turns what `carryFraming` wrote back into the real headers. Repeating the call
 * does nothing.
 */
export const restoreFraming = (): void => onRequestStart("restore-framing", ({ response }) => restoreOn(response));
