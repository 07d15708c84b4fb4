import { makeSecret, secretHash } from "#lib/accounts/tokens/secret-token.ts";
import { type DbOrTx, db, type Tx } from "#lib/db/client.ts";
import {
  type EmailTokenPurpose,
  endEmailTokens,
  findGoodEmailToken,
  type GoodEmailToken,
  insertEmailToken,
  markEmailTokenUsed,
} from "#lib/db/queries/accounts/email-tokens.ts";
import { AppError } from "#lib/errors.ts";
import { newId } from "#lib/ids.ts";

/** How long a secret in a mail works, in minutes. */
export const emailTokenMinutes = {
  verify_email: 24 * 60,
  change_email: 24 * 60,
  reset_password: 60,
} as const satisfies Record<EmailTokenPurpose, number>;

/**
 * Makes the secret of a mail, in the transaction that writes the mail; earlier ones of the account and purpose end. Meant
 * for a transaction that holds the account's row, so that two of them leave one.
 */
export const issueEmailToken = async (
  tx: Tx,
  { userId, purpose, email }: { userId: string; purpose: EmailTokenPurpose; email: string },
): Promise<string> => {
  const secret = makeSecret("");
  await endEmailTokens(tx, { userId, purpose });
  await insertEmailToken(tx, {
    ...{ id: newId(), userId, purpose, email },
    tokenHash: secretHash(secret),
    lifeSeconds: emailTokenMinutes[purpose] * 60,
  });
  return secret;
};

/** The one refusal of every secret that does not work: unknown, used, expired, replaced or another account's. */
export const deadLink = (): AppError =>
  new AppError("gone", {
    message: "This link no longer works.",
    hint: "A link works once and for a while, and only the newest one does. Ask for a new mail.",
  });

/** Whose secret it is. Throws `gone` when it does not work. Uses nothing up. */
export const readEmailToken = async (
  { token, purpose }: { token: string; purpose: EmailTokenPurpose },
  tx: DbOrTx = db(),
): Promise<GoodEmailToken> => {
  const found = await findGoodEmailToken(tx, { tokenHash: secretHash(token), purpose });
  if (found === null) throw deadLink();
  return found;
};

/** Uses a secret up that `readEmailToken` gave. Throws `gone` when it was used in between. */
export const spendEmailToken = async (tx: Tx, { id }: GoodEmailToken): Promise<void> => {
  if (!(await markEmailTokenUsed(tx, id))) throw deadLink();
};
