import { isIPv6 } from "node:net";

type Listening = { host: string; port: number };

const everywhere = new Set(["0.0.0.0", "::"]);

const addressOf = ({ host, port }: Listening) => `http://${isIPv6(host) ? `[${host}]` : host}:${port}`;

/** Where this machine reaches a site that listens on `host`. */
export const askAddress = ({ host, port }: Listening): string =>
  addressOf({ host: everywhere.has(host) ? "127.0.0.1" : host, port });

/** The address told to the operator: `localhost`, unless the site listens where that does not lead. */
export const shownAddress = ({ host, port }: Listening): string =>
  addressOf({ host: everywhere.has(host) || host === "127.0.0.1" ? "localhost" : host, port });
