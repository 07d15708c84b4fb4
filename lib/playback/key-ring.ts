import { createHash, hkdfSync } from "node:crypto";
import { env, requireAuthSecret } from "#lib/env.ts";
import type { PlaybackKey } from "#lib/playback/signature.ts";

const keyBytes = 32;
const idLetters = 7;

/** The key of an instance that names none, derived (RFC 5869) so that AUTH_SECRET itself signs nothing. */
const derivedKey = (authSecret: string): PlaybackKey => {
  const key = Buffer.from(hkdfSync("sha256", authSecret, "", "kinora playback signature v2", keyBytes));
  // Another secret makes another id, so that signatures of before are unknown and not merely wrong.
  return { id: `d${createHash("sha256").update(key).digest("hex").slice(0, idLetters)}`, key };
};

const parseKey = (text: string): PlaybackKey => {
  const [id = "", key = ""] = text.split(":");
  return { id, key: Buffer.from(key, "base64url") };
};

/** The first signs, all of them open; never empty. */
export type KeyRing = readonly [PlaybackKey, ...PlaybackKey[]];

/** The ring of `PLAYBACK_KEYS`, else the one key that follows from `AUTH_SECRET`. */
export const makeKeyRing = (input: { playbackKeys: readonly string[]; authSecret: string }): KeyRing => {
  const [first, ...more] = input.playbackKeys.map(parseKey);
  return first === undefined ? [derivedKey(input.authSecret)] : [first, ...more];
};

let cached: { playbackKeys: readonly string[]; authSecret: string; ring: KeyRing } | undefined;

/** The process's keys, derived once. */
export const keyRing = (): KeyRing => {
  const { playbackKeys } = env();
  const authSecret = requireAuthSecret();
  if (cached?.playbackKeys !== playbackKeys || cached.authSecret !== authSecret) {
    cached = { playbackKeys, authSecret, ring: makeKeyRing({ playbackKeys, authSecret }) };
  }
  return cached.ring;
};
