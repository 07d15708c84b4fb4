import { createHmac, timingSafeEqual } from "node:crypto";

/** A secret that signs and checks media addresses. Its id stands in them in the clear, so that several may hold at once. */
export type PlaybackKey = { id: string; key: Buffer };

/** What a signature opens: everything under one video's prefix, for one purpose, until an instant. */
export type SignedScope = {
  /** `runs/<videoId>/`: what the addresses may start with. */
  prefix: string;
  purpose: "playback";
  /** Seconds since 1970; refused from then on. */
  expiresAtSeconds: number;
  /** `videos.playback_version`; raising it revokes every signature made before. */
  playbackVersion: number;
  /** By what right it was made: `s` for somebody who may see the video, else the playback token's id without its dashes. */
  grant: string;
};

/** A signature's outcome. `revoked`: genuine and in time, but its video or its token says no more. */
export type SignatureVerdict = "valid" | "expired" | "revoked" | "forged";

const pattern = /^([a-z0-9]{1,8})\.([0-9a-z]{1,11})\.([0-9a-z]{1,7})\.(s|[0-9a-f]{32})\.([A-Za-z0-9_-]{43})$/;

/** The part before the last dot, which the code at its end covers. */
const claimsOf = (keyId: string, scope: Omit<SignedScope, "prefix" | "purpose">): string =>
  [keyId, scope.expiresAtSeconds.toString(36), scope.playbackVersion.toString(36), scope.grant].join(".");

type Covered = { purpose: string; prefix: string; claims: string };

const macOf = (key: Buffer, { purpose, prefix, claims }: Covered): Buffer =>
  createHmac("sha256", key).update([purpose, prefix, claims].join("\n")).digest();

/**
 * Makes the signature of a scope: `<key id>.<expiry>.<version>.<grant>.<code>`, numbers in base 36, the code being
 * HMAC-SHA256 in base64url over purpose, prefix and all before it. docs/signed-playback.md tells it to other servers.
 */
export const signScope = ({ key: { id, key }, scope }: { key: PlaybackKey; scope: SignedScope }): string => {
  const claims = claimsOf(id, scope);
  return `${claims}.${macOf(key, { ...scope, claims }).toString("base64url")}`;
};

/** What an address asks for, and what holds for its video now. */
export type CheckedScope = Pick<SignedScope, "prefix" | "purpose" | "playbackVersion"> & {
  /** Grants that were taken back. */
  revokedGrants: readonly string[];
};

/** Checks a signature against what the address asks for, in constant time. Never log the signature. */
export const verifySignature = (input: {
  keys: readonly PlaybackKey[];
  signature: string;
  scope: CheckedScope;
  now: Date;
}): SignatureVerdict => {
  const { keys, scope, now } = input;
  const [, keyId = "", expiry = "", version = "", grant = "", code = ""] = pattern.exec(input.signature) ?? [];
  const key = keys.find(({ id }) => id === keyId)?.key;
  if (key === undefined) return "forged";
  const claims = [keyId, expiry, version, grant].join(".");
  const expected = macOf(key, { ...scope, claims });
  // base64url has spare bits at the end: comparing the text as well leaves one spelling per signature.
  const genuine = timingSafeEqual(Buffer.from(code, "base64url"), expected) && expected.toString("base64url") === code;
  if (!genuine) return "forged";
  if (Number.parseInt(expiry, 36) * 1000 <= now.getTime()) return "expired";
  const holds = Number.parseInt(version, 36) === scope.playbackVersion && !scope.revokedGrants.includes(grant);
  return holds ? "valid" : "revoked";
};
