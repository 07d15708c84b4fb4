import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";
import { peerHeader } from "#lib/web/request-address.ts";

const globals = globalThis as typeof globalThis & { kinoraStampsPeers?: boolean };

const isRequestMessage = (message: unknown): message is { request: IncomingMessage } =>
  typeof message === "object" && message !== null && "request" in message;

/**
 * From now on every HTTP request of this process carries its connection's address in `peerHeader`. Done before any
 * handler sees the request, so that a client cannot write it. Repeating the call does nothing.
 */
export const stampPeers = (): void => {
  if (globals.kinoraStampsPeers === true) return;
  globals.kinoraStampsPeers = true;
  subscribe("http.server.request.start", (message) => {
    if (!isRequestMessage(message)) return;
    message.request.headers[peerHeader] = message.request.socket.remoteAddress ?? "";
  });
};
