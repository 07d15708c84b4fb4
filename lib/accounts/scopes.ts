/**
 * What an API token may be allowed. A token never does more than its scopes, nor more than its owner may at that moment;
 * browsers' sessions and access tokens carry every scope.
 */
export const scopes = [
  "account:read",
  "account:write",
  "videos:read",
  "videos:write",
  "uploads",
  "channels:read",
  "channels:write",
  "library:read",
  "library:write",
  "comments:write",
  "notifications",
  "webhooks",
  "admin:read",
  "admin:write",
] as const;

/** See `scopes`. */
export type Scope = (typeof scopes)[number];

/**
 * What a route asks of an API token: a scope; `public` for what anybody may call, where a token only tells who asks; or
 * `session` for what no API token may do whatever its scopes (passwords, sessions, tokens themselves).
 */
export type RouteScope = Scope | "public" | "session";

/** Whether a text is a scope; tokens may carry some that a later version took away. */
export const isScope = (text: string): text is Scope => scopes.some((scope) => scope === text);
