import { avatarUrlOf } from "#lib/accounts/avatar/avatar-url.ts";
import type { AccountDto } from "#lib/accounts/dto.ts";
import type { DbOrTx } from "#lib/db/client.ts";
import type { UserRow } from "#lib/db/queries/accounts/users.ts";
import { findChannelOfOwner } from "#lib/db/queries/channels/channels.ts";

/** What an account learns of itself. */
export const toAccountDto = async (tx: DbOrTx, user: UserRow): Promise<AccountDto> => {
  const channel = await findChannelOfOwner(tx, user.id);
  return {
    id: user.id,
    email: user.email,
    emailVerified: user.emailVerifiedAt !== null,
    username: user.username,
    displayName: user.displayName,
    bio: user.bio,
    avatarUrl: avatarUrlOf(user),
    role: user.role,
    status: user.status,
    locale: user.locale,
    channel: channel === null ? null : { id: channel.id, handle: channel.handle, name: channel.name },
    createdAt: user.createdAt.toISOString(),
  };
};
