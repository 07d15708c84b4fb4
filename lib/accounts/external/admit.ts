import { randomBytes } from "node:crypto";
import { accountOfUser } from "#lib/accounts/account-of-session.ts";
import { insertAccount } from "#lib/accounts/create-account.ts";
import type { ExternalIdentity } from "#lib/accounts/external/identity.ts";
import { suggestUsernames } from "#lib/accounts/external/suggest-username.ts";
import { tellOfConnection } from "#lib/accounts/external/tell-of-connection.ts";
import { hasSecondFactor } from "#lib/accounts/second-factor/check-code.ts";
import type { Verified } from "#lib/accounts/verify-credentials.ts";
import { db, type Tx, transaction, uniqueViolation } from "#lib/db/client.ts";
import {
  findOAuthAccount,
  insertOAuthAccount,
  isKnownSubject,
  touchOAuthAccount,
} from "#lib/db/queries/accounts/oauth-accounts.ts";
import { findTakenNames, findUser, findUserByEmail, lockUser, type UserRow } from "#lib/db/queries/accounts/users.ts";
import { findChannelByHandle } from "#lib/db/queries/channels/channels.ts";
import { recordAudit } from "#lib/db/queries/instance/audit.ts";
import type { Locale } from "#lib/i18n/locale.ts";
import { newId } from "#lib/ids.ts";
import type { InstanceSettings } from "#lib/settings/definitions.ts";
import { instanceSettings } from "#lib/settings/instance-settings.ts";

/** Why somebody whom another service vouches for does not come in. */
export type ExternalRefusal = "suspended" | "pending" | "closed" | "link_first" | "no_email";

/** What has become of a log-in at another service; `second_factor`: the account's own code is asked for as well. */
export type Admission =
  | { outcome: "signed_in"; verified: Verified }
  | { outcome: "second_factor"; verified: Verified }
  | { outcome: "refused"; reason: ExternalRefusal };

/** Somebody whom another service vouches for, in which language, and from where. */
export type Arrival = { identity: ExternalIdentity; locale: Locale; address: string };

type Found = UserRow | ExternalRefusal;

const tries = 4;

/** Whether a log-in opens an account already, so that coming back opens no new one. */
export const isKnownExternal = (identity: ExternalIdentity): Promise<boolean> => isKnownSubject(db(), identity);

/** Lets a log-in at another service open an account from now on, with an audit row. */
export const connect = async (
  tx: Tx,
  { userId, identity, address }: { userId: string; identity: ExternalIdentity; address: string },
): Promise<void> => {
  const { provider, subject, email, emailVerified } = identity;
  await insertOAuthAccount(tx, {
    ...{ id: newId(), userId, provider, subject, email, emailVerified },
    lastUsedAt: new Date(),
  });
  await recordAudit(tx, {
    ...{ actorId: userId, action: "account.connect", targetType: "user", targetId: userId, address },
    details: { provider },
  });
};

const freeUsername = async (tx: Tx, handles: readonly string[]): Promise<string> => {
  const suffixes = Array.from({ length: 8 }, () => randomBytes(3).toString("hex"));
  const names = suggestUsernames(handles, suffixes);
  for (const username of names) {
    const taken = (await findTakenNames(tx, { email: "", username })).username;
    if (!taken && (await findChannelByHandle(tx, username)) === null) return username;
  }
  // Eight random ones that were all taken: the next try, or the unique index, has the last word.
  return names.at(-1) ?? `person-${newId().slice(-12)}`;
};

const signUp = async (tx: Tx, { identity, locale, address }: Arrival, usual: InstanceSettings): Promise<Found> => {
  const { email, emailVerified, displayName, handles } = identity;
  if (usual.signUpMode === "closed") return "closed";
  if (email === null) return "no_email";
  const username = await freeUsername(tx, handles);
  const user = await insertAccount(tx, {
    ...{ email, username, displayName: displayName ?? username, passwordHash: null, address, locale },
    role: usual.signUpRole,
    status: usual.signUpMode === "approval" ? "pending" : "active",
    // An address that the other service has not confirmed is confirmed by a mail, as at every other sign-up.
    ...(emailVerified ? {} : { verifyIn: locale }),
  });
  await connect(tx, { userId: user.id, identity, address });
  return user;
};

/**
 * An account with the same address is taken for the same person only when both sides have confirmed it: whoever opened one
 * of them with somebody else's address must not get into the other.
 */
const linkByAddress = async (tx: Tx, user: UserRow, { identity, locale, address }: Arrival): Promise<Found> => {
  if (!identity.emailVerified || user.emailVerifiedAt === null) return "link_first";
  if (user.status !== "active") return user.status;
  await connect(tx, { userId: user.id, identity, address });
  await tellOfConnection(tx, { user, provider: identity.provider, change: "connected", locale });
  return user;
};

const accountOf = async (tx: Tx, arrival: Arrival, usual: InstanceSettings): Promise<Found> => {
  const { identity } = arrival;
  const known = await findOAuthAccount(tx, identity);
  if (known !== null) {
    const { email, emailVerified } = identity;
    await touchOAuthAccount(tx, { id: known.id, email, emailVerified });
    // An account that is gone has taken its log-ins along; this one is about to.
    return (await findUser(tx, known.userId)) ?? "suspended";
  }
  const same = identity.email === null ? null : await findUserByEmail(tx, identity.email);
  const held = same === null ? null : await lockUser(tx, same.id);
  return held === null ? signUp(tx, arrival, usual) : linkByAddress(tx, held, arrival);
};

const isRace = (error: unknown): boolean =>
  ["oauth_accounts_provider_subject_key", "users_email_key", "users_username_key", "channels_handle_key"].includes(
    uniqueViolation(error) ?? "",
  );

const accountOfArrival = async (arrival: Arrival): Promise<Found> => {
  const usual = await instanceSettings();
  for (let left = tries; ; left -= 1) {
    try {
      return await transaction((tx) => accountOf(tx, arrival, usual));
    } catch (error) {
      // Two of the same person's windows, or somebody took the name: the next look finds what the other one made.
      if (!isRace(error)) throw error;
      if (left > 1) continue;
      // Somebody has the address whom nobody can find: an account that is just being removed.
      if (uniqueViolation(error) === "users_email_key") return "suspended";
      throw error;
    }
  }
};

/**
 * Lets somebody in whom another service vouches for: into the account that the log-in stands for, into the one with the
 * same address when both sides have confirmed it, or into a new one as the sign-up mode allows. The account's own second
 * factor is asked for all the same: it guards the account, not the password.
 */
export const admitExternal = async (arrival: Arrival): Promise<Admission> => {
  const found = await accountOfArrival(arrival);
  if (typeof found === "string") return { outcome: "refused", reason: found };
  if (found.status !== "active") return { outcome: "refused", reason: found.status };
  const verified = { account: accountOfUser(found), sessionVersion: found.sessionVersion };
  return { outcome: (await hasSecondFactor(found.id)) ? "second_factor" : "signed_in", verified };
};
