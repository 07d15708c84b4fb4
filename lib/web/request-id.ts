import { newId } from "#lib/ids.ts";
import { comesFromTrustedProxy } from "#lib/web/request-address.ts";

const sane = /^[A-Za-z0-9._-]{8,128}$/;

/** The id of a request: the one a trusted proxy gave it, when it is plain text of a sane length, else a new one. */
export const requestIdOf = (headers: Headers): string => {
  const given = headers.get("x-request-id");
  return given !== null && sane.test(given) && comesFromTrustedProxy(headers) ? given : newId();
};
