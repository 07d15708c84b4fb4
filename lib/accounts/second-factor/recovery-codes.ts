import { createHash, randomInt, timingSafeEqual } from "node:crypto";
import type { RecoveryCodeRow } from "#lib/db/queries/accounts/second-factor.ts";
import { newId } from "#lib/ids.ts";

/** Crockford's base32: no letters that look like digits or like one another. */
const letters = "0123456789abcdefghjkmnpqrstvwxyz";
const groups = 4;
const groupLetters = 4;
const codes = 10;

const newCode = (): string =>
  Array.from({ length: groups }, () =>
    Array.from({ length: groupLetters }, () => letters[randomInt(letters.length)]).join(""),
  ).join("-");

/** What was typed, as it is hashed: case, spaces and hyphens do not count, and letters nobody uses are the ones meant. */
const normalized = (text: string) =>
  text.toLowerCase().replaceAll(/[\s-]/g, "").replaceAll("o", "0").replaceAll(/[il]/g, "1");

/** What is kept of a code: 80 random bits need no slow hash. Bound to its account. */
const hashOf = (userId: string, code: string): Buffer =>
  createHash("sha256")
    .update(`${userId}:${normalized(code)}`)
    .digest();

/** Ten new codes, and what is kept of them. */
export const makeRecoveryCodes = (userId: string): { codes: string[]; rows: RecoveryCodeRow[] } => {
  const made = Array.from({ length: codes }, newCode);
  return {
    codes: made,
    rows: made.map((code) => ({ id: newId(), codeHash: hashOf(userId, code).toString("hex") })),
  };
};

/** Whether a text can be a recovery code at all, and not one of an app's. */
export const looksLikeRecoveryCode = (text: string): boolean => normalized(text).length === groups * groupLetters;

/** The one among `rows` whose code this is, or null. Every row is compared, each in constant time. */
export const matchRecoveryCode = ({
  userId,
  code,
  rows,
}: {
  userId: string;
  code: string;
  rows: readonly RecoveryCodeRow[];
}): RecoveryCodeRow | null => {
  const given = hashOf(userId, code);
  const fitting = rows.filter(({ codeHash }) => timingSafeEqual(given, Buffer.from(codeHash, "hex")));
  return fitting[0] ?? null;
};
