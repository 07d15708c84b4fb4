import type { ServerResponse } from "node:http";
import { onRequestStart } from "#lib/web/on-request-start.ts";

// Next 16.4 takes these off every answer of a route handler, in case a fetched body was decoded on its way. Our bodies are
// our own: players want the length of what they fetch, and a compressed playlist without its encoding is unreadable.
const framingHeaders = ["content-length", "content-encoding"] as const;
const carrierPrefix = "x-kinora-";

/** Writes what frames a body under names of our own as well, which pass through Next. */
export const carryFraming = (headers: Headers): void => {
  for (const name of framingHeaders) {
    const value = headers.get(name);
    if (value !== null) headers.set(carrierPrefix + name, value);
  }
};

const framingNameOf = (header: string): string | undefined =>
  framingHeaders.find((name) => header.toLowerCase() === carrierPrefix + name);

const restoreOn = (response: ServerResponse): void => {
  const setHeader = response.setHeader.bind(response);
  response.setHeader = (name, value) => {
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
