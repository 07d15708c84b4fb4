import { onRequestStart } from "#lib/web/on-request-start.ts";
import { peerHeader } from "#lib/web/request-address.ts";

/**
 * From now on every HTTP request of this process carries its connection's address in `peerHeader`. Done before any
 * handler sees the request, so that a client cannot write it. Repeating the call does nothing.
 */
export const stampPeers = (): void =>
  onRequestStart("stamp-peers", ({ request }) => {
    request.headers[peerHeader] = request.socket.remoteAddress ?? "";
  });
