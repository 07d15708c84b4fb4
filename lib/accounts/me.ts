import type { AccountDto, AccountPatch } from "#lib/accounts/dto.ts";
import { toAccountDto } from "#lib/accounts/to-account-dto.ts";
import type { Viewer } from "#lib/accounts/viewer.ts";
import { db, transaction } from "#lib/db/client.ts";
import { findUser, updateUser } from "#lib/db/queries/accounts/users.ts";
import { AppError } from "#lib/errors.ts";

/** The caller's own account. Throws `unauthenticated` for nobody. */
export const getMe = async (viewer: Viewer): Promise<AccountDto> => {
  const user = viewer === null ? null : await findUser(db(), viewer.id);
  if (user === null) throw new AppError("unauthenticated");
  return toAccountDto(db(), user);
};

/** Changes the caller's own account. Throws `unauthenticated` for nobody. */
export const editMe = async ({ viewer, patch }: { viewer: Viewer; patch: AccountPatch }): Promise<AccountDto> => {
  if (viewer === null) throw new AppError("unauthenticated");
  return transaction(async (tx) => {
    const { displayName, bio, locale } = patch;
    const changes = {
      ...(displayName === undefined ? {} : { displayName }),
      ...(bio === undefined ? {} : { bio }),
      ...(locale === undefined ? {} : { locale }),
    };
    const user = await updateUser(tx, { userId: viewer.id, changes });
    if (user === null) throw new AppError("unauthenticated");
    return toAccountDto(tx, user);
  });
};
