import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { createAccount, insertAccount, namingConflicts } from "#lib/accounts/create-account.ts";
import type { AccountDto, SignUpBody } from "#lib/accounts/dto.ts";
import { hashPassword, verifyPassword } from "#lib/accounts/password-hash.ts";
import { promoteAccount } from "#lib/accounts/promote-account.ts";
import { refusePersonalPassword } from "#lib/accounts/sign-up.ts";
import { toAccountDto } from "#lib/accounts/to-account-dto.ts";
import { db, transaction } from "#lib/db/client.ts";
import { findTakenNames, findUserByEmail, hasAdmin, type UserRow } from "#lib/db/queries/accounts/users.ts";
import { deleteSetting, findSetting, putSetting } from "#lib/db/queries/instance/settings.ts";
import { env } from "#lib/env.ts";
import { AppError } from "#lib/errors.ts";
import { log } from "#lib/log.ts";

const setupKey = "setup_token_sha256";
const tokenBytes = 24;

const sha256 = (text: string) => createHash("sha256").update(text).digest();

/** A name for the admin made from an address: its letters and digits, with a number behind it while it is taken. */
const freeUsername = async (email: string): Promise<string> => {
  const plain = (email.split("@")[0] ?? "").replace(/[^A-Za-z0-9]/g, "").slice(0, 20);
  const base = plain.length >= 3 ? plain : `${plain}owner`;
  for (let number = 1; ; number += 1) {
    const username = number === 1 ? base : `${base}${number}`;
    const taken = await findTakenNames(db(), { email: "", username });
    if (!taken.username) return username;
  }
};

type Configured = { email: string; password: string };

/**
 * Whether an account with the configured address is the operator's: anybody can sign up with it while it is free, before
 * it is configured or after the admin took another one.
 */
const isOperators = async (user: UserRow, { password }: Configured): Promise<boolean> =>
  user.role === "admin" ||
  user.emailVerifiedAt !== null ||
  (await verifyPassword({ password, phc: user.passwordHash }));

/** False when somebody else may have the configured address. */
const ensureConfiguredAdmin = async (configured: Configured): Promise<boolean> => {
  const { email, password } = configured;
  const existing = await findUserByEmail(db(), email);
  if (existing === null) await createAccount({ email, username: await freeUsername(email), password, role: "admin" });
  else if (await isOperators(existing, configured)) await promoteAccount({ email, role: "admin" });
  else {
    log().error(
      { "event.action": "admin.not_promoted", userId: existing.id },
      "the account with ADMIN_EMAIL has neither confirmed that address nor ADMIN_PASSWORD; it does not become admin",
    );
    return false;
  }
  return true;
};

/**
 * Sees to the first admin at start. With `ADMIN_EMAIL` and `ADMIN_PASSWORD` that account is created, or kept with the
 * role ensured and its password left alone, unless a stranger may have signed up with that address. Otherwise, while there
 * is no admin, answers the path of a one-time set-up link, a new one each time; older ones end. Null when nothing is to be
 * done.
 */
export const ensureFirstAdmin = async (): Promise<{ setupPath: string } | null> => {
  const { adminEmail, adminPassword } = env();
  if (adminEmail !== null && adminPassword !== null) {
    if (await ensureConfiguredAdmin({ email: adminEmail, password: adminPassword })) return null;
  }
  if (await hasAdmin(db())) return null;
  const token = randomBytes(tokenBytes).toString("base64url");
  // Only its hash is kept: who reads the database cannot use it.
  await putSetting(db(), { key: setupKey, value: sha256(token).toString("hex") });
  return { setupPath: `/setup?token=${token}` };
};

const refused = () =>
  new AppError("forbidden", {
    message: "This set-up link is not valid (any more).",
    hint: "Restart Kinora to get a new one; there is none once an admin exists.",
  });

const fits = (token: string, stored: unknown): boolean => {
  const hash = z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .safeParse(stored);
  return hash.success && timingSafeEqual(sha256(token), Buffer.from(hash.data, "hex"));
};

/**
 * Opens the first admin's account with the token of the set-up link, once. Throws `forbidden` for a token that is not
 * the present one or when an admin exists, `invalid_input` or `conflict` with `fields`.
 */
export const setUpFirstAdmin = async ({ token, ...body }: SignUpBody & { token: string }): Promise<AccountDto> => {
  if (!fits(token, await findSetting(db(), { key: setupKey }))) throw refused();
  refusePersonalPassword(body);
  const passwordHash = await hashPassword(body.password);
  const { email, username } = body;
  const user = await namingConflicts(() =>
    transaction(async (tx) => {
      // The lock lets the second of two equal requests find the token gone.
      const stored = await findSetting(tx, { key: setupKey, lock: true });
      if (!fits(token, stored) || (await hasAdmin(tx))) throw refused();
      await deleteSetting(tx, setupKey);
      return insertAccount(tx, { email, username, role: "admin", passwordHash });
    }),
  );
  return toAccountDto(db(), user);
};
