import { hashPassword } from "#lib/accounts/password-hash.ts";
import { queueVerification } from "#lib/accounts/verify-email.ts";
import type { Role } from "#lib/accounts/viewer.ts";
import { type Tx, transaction, uniqueViolation } from "#lib/db/client.ts";
import {
  findTakenNames,
  findUser,
  insertUser,
  listActiveAdmins,
  type UserRow,
} from "#lib/db/queries/accounts/users.ts";
import { insertChannel } from "#lib/db/queries/channels/channels.ts";
import { recordAudit } from "#lib/db/queries/instance/audit.ts";
import { AppError } from "#lib/errors.ts";
import type { Locale } from "#lib/i18n/locale.ts";
import { newId } from "#lib/ids.ts";
import { recordEvent } from "#lib/notifications/record-event.ts";

/** A new account; the data was checked against its schemas. */
export type NewAccount = {
  email: string;
  username: string;
  password: string;
  role: Role;
  /** `pending` waits for an admin's approval; `active` unless told. */
  status?: "active" | "pending";
  /** Language of the mail that confirms the address; absent when the operator opens the account and vouches for it. */
  verifyIn?: Locale;
  /** Language of its mails until it chooses another: that of the page on which it was opened. `verifyIn` unless told. */
  locale?: Locale;
  /** Where the request came from. */
  address?: string;
  /** As others see it; the username unless told. */
  displayName?: string;
};

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

/** Every admin hears of an account that waits for one of them. */
const tellAdmins = async (tx: Tx, { id, username, email }: UserRow): Promise<void> => {
  for (const userId of await listActiveAdmins(tx)) {
    const data = { accountId: id, username, email };
    await recordEvent(tx, { type: "account.waiting", userId, data, dedupeKey: `waiting:${id}:${userId}` });
  }
};

/** Inserts an account (null for one without a password) with its channel, and writes the mail that confirms its address. Taken values surface as unique violations; see `createAccount`. */
export const insertAccount = async (
  tx: Tx,
  { passwordHash, ...account }: Omit<NewAccount, "password"> & { passwordHash: string | null },
): Promise<UserRow> => {
  const userId = newId();
  const { email, username, role, status = "active", verifyIn, address, displayName = username } = account;
  await insertUser(tx, {
    ...{ id: userId, email, username, displayName, passwordHash, role, status },
    locale: account.locale ?? verifyIn ?? null,
    emailVerifiedAt: verifyIn === undefined ? new Date() : null,
  });
  await insertChannel(tx, { id: newId(), ownerId: userId, handle: username, name: username });
  await recordAudit(tx, {
    actorId: userId,
    action: "account.create",
    targetType: "user",
    targetId: userId,
    ...(address === undefined ? {} : { address }),
    details: { role, status },
  });
  const user = await findUser(tx, userId);
  if (user === null) throw new AppError("internal");
  if (verifyIn !== undefined) await queueVerification(tx, { user, locale: verifyIn });
  if (status === "pending") await tellAdmins(tx, user);
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
