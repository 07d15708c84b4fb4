import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";

/** What a signature opens: everything under one video's prefix, for one purpose, until an instant. */
export type SignedScope = {
  videoId: string;
  /** `runs/<videoId>/`: what the addresses may start with. */
  prefix: string;
  purpose: "playback";
  /** Seconds since 1970; refused from then on. */
  expiresAtSeconds: number;
  /** `videos.playback_version`; raising it revokes every signature made before. */
  playbackVersion: number;
};

/** A token's outcome: its expiry when it is genuine and in time. */
export type TokenVerdict = "valid" | "expired" | "forged";

const macBytes = 32;
const tokenPattern = /^([0-9a-z]{1,11})\.([A-Za-z0-9_-]{43})$/;

/** Derives the signing key (RFC 5869), so that AUTH_SECRET itself signs nothing. */
export const playbackKey = (authSecret: string): Buffer =>
  Buffer.from(hkdfSync("sha256", authSecret, "", "kinora playback signature v1", macBytes));

const macOf = (key: Buffer, scope: SignedScope): Buffer =>
  createHmac("sha256", key)
    .update(
      [scope.videoId, scope.prefix, scope.purpose, String(scope.expiresAtSeconds), String(scope.playbackVersion)].join(
        "\n",
      ),
    )
    .digest();

/** Makes the token of a scope: expiry in base 36, a dot, the HMAC-SHA256 in base64url. The rest of the scope follows from the address. */
export const signScope = ({ key, scope }: { key: Buffer; scope: SignedScope }): string =>
  `${scope.expiresAtSeconds.toString(36)}.${macOf(key, scope).toString("base64url")}`;

/** Checks a token against what the address asks for, in constant time. Never log the token. */
export const verifyToken = (input: {
  key: Buffer;
  token: string;
  scope: Omit<SignedScope, "expiresAtSeconds">;
  now: Date;
}): TokenVerdict => {
  const match = tokenPattern.exec(input.token);
  if (match?.[1] === undefined || match[2] === undefined) return "forged";
  const expiresAtSeconds = Number.parseInt(match[1], 36);
  const given = Buffer.from(match[2], "base64url");
  const expected = macOf(input.key, { ...input.scope, expiresAtSeconds });
  // base64url has spare bits at the end: comparing the text as well leaves one spelling per signature.
  const genuine = timingSafeEqual(given, expected) && expected.toString("base64url") === match[2];
  if (!genuine) return "forged";
  return expiresAtSeconds * 1000 > input.now.getTime() ? "valid" : "expired";
};
