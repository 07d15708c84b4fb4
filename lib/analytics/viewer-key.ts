import { createHmac, randomBytes } from "node:crypto";
import { db } from "#lib/db/client.ts";
import { takeSalt } from "#lib/db/queries/analytics/viewer-salts.ts";
import { utcDay } from "#lib/usage/utc-day.ts";

const saltBytes = 32;
/** Characters of a hash that are kept: 128 bits. */
const keyLength = 32;

// Next bundles routes apart; a process knows one salt.
const globals = globalThis as typeof globalThis & { kinoraViewerSalt?: { day: string; salt: Buffer } | undefined };

const saltOf = async (day: string): Promise<Buffer> => {
  if (globals.kinoraViewerSalt?.day !== day) {
    globals.kinoraViewerSalt = { day, salt: await takeSalt(db(), { day, fresh: randomBytes(saltBytes) }) };
  }
  return globals.kinoraViewerSalt.salt;
};

/** Who watches, as far as it is told apart. */
export type WatchingClient = { accountId: string | null; address: string; userAgent: string };

/**
 * Hashes with the salt of the day (UTC): of the account, else of address and browser; and of the address alone for
 * strangers. Hexadecimal. All processes make the same ones on a day; when it is over the salt is removed and nobody can
 * tell whose they were.
 */
export const viewerKeys = async (
  { accountId, address, userAgent }: WatchingClient,
  now: Date,
): Promise<{ viewerKey: string; addressKey: string | null }> => {
  const salt = await saltOf(utcDay(now));
  const hash = (...words: string[]) =>
    createHmac("sha256", salt).update(words.join("\n")).digest("hex").slice(0, keyLength);
  if (accountId !== null) return { viewerKey: hash("account", accountId), addressKey: null };
  return { viewerKey: hash("stranger", address, userAgent), addressKey: hash("address", address) };
};
