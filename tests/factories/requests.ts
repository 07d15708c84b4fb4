import { peerHeader } from "#lib/web/request-address.ts";
import type { Person } from "#tests/factories/people.ts";

/** Where the tests' requests go. */
export const site = "http://kinora.test:3000";

/** One request as a browser or program would send it. */
export type TestRequest = {
  method?: string;
  path?: string;
  /** Signed in by cookie, from this site's own pages. */
  as?: Person | null;
  /** Access token. */
  bearer?: string;
  body?: unknown;
  headers?: Record<string, string>;
  /** Address it comes from. */
  address?: string;
};

/** Makes a `Request` like Next hands it to a route. */
export const makeRequest = ({ method = "GET", path = "/", as, bearer, body, headers, address }: TestRequest): Request =>
  new Request(`${site}${path}`, {
    method,
    headers: {
      host: new URL(site).host,
      [peerHeader]: address ?? "127.0.0.1",
      ...(as ? { cookie: as.cookie, origin: site } : {}),
      ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });

/** What Next gives a handler besides the request. */
export const withParams = (params: Record<string, string | string[]> = {}) => ({ params: Promise.resolve(params) });
