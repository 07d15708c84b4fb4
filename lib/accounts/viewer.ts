import type { Scope } from "#lib/accounts/scopes.ts";

/** What an account may do at all. */
export type Role = "viewer" | "creator" | "admin";

/** A signed-in caller, checked against the database in this very request. */
export type Account = {
  id: string;
  email: string;
  username: string;
  displayName: string;
  role: Role;
  locale: "en" | "uk" | null;
  /** When somebody who reads the address's mail confirmed it; null until then. */
  emailVerifiedAt: Date | null;
};

/** Who makes a request: an account or nobody. Every use-case takes it and decides for itself. */
export type Viewer = Account | null;

/** By what a caller is known: nothing, a browser's cookie, a program's access token, or an API token with its scopes. */
export type Credential =
  | { kind: "none" }
  | { kind: "browser"; sessionId: string }
  | { kind: "program"; sessionId: string }
  | { kind: "api_token"; tokenId: string; scopes: readonly Scope[] };

/** The session behind a credential, or null. */
export const sessionIdOf = (credential: Credential): string | null =>
  "sessionId" in credential ? credential.sessionId : null;
