import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage, ServerResponse } from "node:http";

type Start = { request: IncomingMessage; response: ServerResponse };

const globals = globalThis as typeof globalThis & { kinoraRequestHooks?: Set<string> };

const isStart = (message: unknown): message is Start =>
  typeof message === "object" && message !== null && "request" in message && "response" in message;

/**
 * From now on calls `handle` for every HTTP request of this process before any handler sees it. Each `name` is hooked
 * once, however often Next's bundles ask for it.
 */
export const onRequestStart = (name: string, handle: (start: Start) => void): void => {
  globals.kinoraRequestHooks ??= new Set();
  if (globals.kinoraRequestHooks.has(name)) return;
  globals.kinoraRequestHooks.add(name);
  subscribe("http.server.request.start", (message) => {
    if (isStart(message)) handle(message);
  });
};
