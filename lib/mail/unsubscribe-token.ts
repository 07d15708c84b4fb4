import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";
import { requireAuthSecret } from "#lib/env.ts";

/** What a token lets its holder switch off: mails of one kind of event to one account. */
export type Unsubscription = { userId: string; type: string };

const macBytes = 32;
const pattern = /^([0-9a-f-]{36})~([a-z_.]{1,60})~([A-Za-z0-9_-]{43})$/;

// A key of its own (RFC 5869), so that a token of this kind can never pass for another kind of signature.
const keyOf = () => Buffer.from(hkdfSync("sha256", requireAuthSecret(), "", "kinora unsubscribe v1", macBytes));

const macOf = ({ userId, type }: Unsubscription): Buffer =>
  createHmac("sha256", keyOf()).update(`${userId}\n${type}`).digest();

/**
 * Signs the right to switch one kind of mail off: account, kind and HMAC-SHA256. It has no expiry, because a mail may be
 * read after years, and it opens nothing else.
 */
export const unsubscribeToken = (what: Unsubscription): string =>
  `${what.userId}~${what.type}~${macOf(what).toString("base64url")}`;

/** What a token lets one switch off; null when we did not make it. Compares in constant time. */
export const readUnsubscribeToken = (token: string): Unsubscription | null => {
  const [, userId, type, mac] = pattern.exec(token) ?? [];
  if (userId === undefined || type === undefined || mac === undefined) return null;
  const expected = macOf({ userId, type });
  const genuine = timingSafeEqual(Buffer.from(mac, "base64url"), expected);
  // base64url has spare bits at the end: comparing the text as well leaves one spelling per signature.
  return genuine && expected.toString("base64url") === mac ? { userId, type } : null;
};
