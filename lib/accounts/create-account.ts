import { hashPassword } from "#lib/accounts/password-hash.ts";
import type { Role } from "#lib/accounts/viewer.ts";
import { type Tx, transaction, uniqueViolation } from "#lib/db/client.ts";
import { recordAudit } from "#lib/db/queries/audit.ts";
import { insertChannel } from "#lib/db/queries/channels.ts";
import { findTakenNames, findUser, insertUser, type UserRow } from "#lib/db/queries/users.ts";
import { AppError } from "#lib/errors.ts";
import { newId } from "#lib/ids.ts";

/** A new account; the data was checked against its schemas. */
export type NewAccount = { email: string; username: string; password: string; role: Role };

const fieldOfConstraint: Record<string, string> = {
  users_email_key: "email",
  users_username_key: "username",
  channels_handle_key: "username",
};

const taken = (fields: readonly string[], cause?: unknown) =>
  new AppError("conflict", {
    message: "An account with this address or name exists already.",
    fields: Object.fromEntries(fields.map((field) => [field, `${field}_taken`])),
    ...(cause === undefined ? {} : { cause }),
  });

/** Inserts an account with its channel. Taken values surface as unique violations; see `createAccount`. */
export const insertAccount = async (
  tx: Tx,
  { passwordHash, ...account }: Omit<NewAccount, "password"> & { passwordHash: string },
): Promise<UserRow> => {
  const userId = newId();
  const { email, username, role } = account;
  await insertUser(tx, { id: userId, email, username, displayName: username, passwordHash, role });
  await insertChannel(tx, { id: newId(), ownerId: userId, handle: username, name: username });
  await recordAudit(tx, {
    actorId: userId,
    action: "account.create",
    targetType: "user",
    targetId: userId,
    details: { role },
  });
  const user = await findUser(tx, userId);
  if (user === null) throw new AppError("internal");
  return user;
};

/** Runs `work` and puts a unique violation of accounts into words. Throws `conflict` with `fields`. */
export const namingConflicts = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    const field = fieldOfConstraint[uniqueViolation(error) ?? ""];
    if (field === undefined) throw error;
    throw taken([field], error);
  }
};

/**
 * Opens an account with a channel of its name. Throws `conflict` with `fields` for a taken address or name, both named at
 * once.
 */
export const createAccount = async ({ password, ...account }: NewAccount): Promise<UserRow> => {
  const passwordHash = await hashPassword(password);
  return namingConflicts(() =>
    transaction(async (tx) => {
      const names = await findTakenNames(tx, account);
      const fields = (["email", "username"] as const).filter((field) => names[field]);
      if (fields.length > 0) throw taken(fields);
      return insertAccount(tx, { ...account, passwordHash });
    }),
  );
};
