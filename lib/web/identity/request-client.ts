import type { Client } from "#lib/accounts/sessions/start-session.ts";
import { clientAddress } from "#lib/web/request-address.ts";

/** What asks, as its owner shall see it in the list of sessions. */
export const clientOf = ({ headers }: Request): Client => ({
  userAgent: headers.get("user-agent") ?? "",
  address: clientAddress(headers),
});
