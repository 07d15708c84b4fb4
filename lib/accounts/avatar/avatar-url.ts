import type { UserRow } from "#lib/db/queries/accounts/users.ts";
import { avatarIdOf } from "#lib/storage/keys.ts";

/** What tells whether and where an account's picture is shown. */
export type AvatarFacts = Pick<UserRow, "username" | "avatarKey" | "status" | "deletionRequestedAt">;

/** Address of an account's picture, open to everybody; null without one, and for accounts that are suspended or leave. */
export const avatarUrlOf = ({ username, avatarKey, status, deletionRequestedAt }: AvatarFacts): string | null => {
  if (avatarKey === null || status !== "active" || deletionRequestedAt !== null) return null;
  return `/api/v1/users/${encodeURIComponent(username)}/avatar?v=${avatarIdOf(avatarKey) ?? ""}`;
};
