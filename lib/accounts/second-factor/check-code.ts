import { looksLikeRecoveryCode, matchRecoveryCode } from "#lib/accounts/second-factor/recovery-codes.ts";
import { unsealSecret } from "#lib/accounts/second-factor/sealed-secret.ts";
import { stepOfCode } from "#lib/accounts/second-factor/time-code.ts";
import { db, type Tx, transaction } from "#lib/db/client.ts";
import {
  findTotp,
  listOpenRecoveryCodes,
  spendRecoveryCode,
  takeTotpStep,
} from "#lib/db/queries/accounts/second-factor.ts";
import { recordAudit } from "#lib/db/queries/instance/audit.ts";

/** A code that somebody typed, and where from. */
export type TypedCode = { userId: string; code: string; address: string };

/** Whether signing in to an account asks for a second factor. */
export const hasSecondFactor = async (userId: string): Promise<boolean> => {
  const row = await findTotp(db(), { userId });
  return row !== null && row.confirmedAt !== null;
};

const takeRecoveryCode = async (tx: Tx, { userId, code, address }: TypedCode): Promise<boolean> => {
  const match = matchRecoveryCode({ userId, code, rows: await listOpenRecoveryCodes(tx, userId) });
  if (match === null || !(await spendRecoveryCode(tx, match.id))) return false;
  await recordAudit(tx, {
    ...{ actorId: userId, action: "account.use_recovery_code", targetType: "user", targetId: userId, address },
    details: {},
  });
  return true;
};

const takeTimeCode = async (tx: Tx, { userId, code }: TypedCode): Promise<boolean> => {
  const row = await findTotp(tx, { userId, lock: true });
  if (row === null || row.confirmedAt === null) return false;
  const secret = unsealSecret(row);
  const step = stepOfCode({ secret, code: code.replaceAll(/\s/g, ""), now: Date.now() });
  // A code that was seen over somebody's shoulder is worth nothing: each step is taken once, and none before the last.
  return step !== null && takeTotpStep(tx, { userId, step });
};

/**
 * Uses up a code of the account's authenticator app or one of its recovery codes. False for a wrong one, an old one and one
 * that was used before.
 */
export const takeSecondFactor = (tx: Tx, typed: TypedCode): Promise<boolean> =>
  looksLikeRecoveryCode(typed.code) ? takeRecoveryCode(tx, typed) : takeTimeCode(tx, typed);

/** `takeSecondFactor` in a transaction of its own. */
export const passSecondFactor = (typed: TypedCode): Promise<boolean> =>
  transaction((tx) => takeSecondFactor(tx, typed));
