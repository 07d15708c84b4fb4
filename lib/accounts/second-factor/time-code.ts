import { Secret, TOTP } from "otpauth";

/** RFC 6238 with what every authenticator app knows: HMAC-SHA-1, six digits, thirty seconds. */
const shape = { algorithm: "SHA1", digits: 6, period: 30 } as const;
/** RFC 4226, section 4, R6: 160 bits. */
const secretBytes = 20;
/** Steps that a clock may be off in either direction (RFC 6238, section 5.2). */
const skewSteps = 1;

const totpOf = (secret: string) => new TOTP({ ...shape, secret: Secret.fromBase32(secret) });

/** A new secret, in base32. */
export const newTimeSecret = (): string => new Secret({ size: secretBytes }).base32;

/** Address that an authenticator app reads out of a QR code; `label` is what it shows for the account. */
export const timeCodeUri = ({ secret, issuer, label }: { secret: string; issuer: string; label: string }): string =>
  new TOTP({ ...shape, issuer, label, secret: Secret.fromBase32(secret) }).toString();

/**
 * The time step whose code this is, at most one from the present one; null when it is none of theirs. Compared in constant
 * time. `now` is in milliseconds.
 */
export const stepOfCode = ({ secret, code, now }: { secret: string; code: string; now: number }): number | null => {
  // The package counts letters, not bytes, before it compares, and throws for other scripts' digits.
  if (!/^[0-9]{6}$/.test(code)) return null;
  const delta = totpOf(secret).validate({ token: code, timestamp: now, window: skewSteps });
  return delta === null ? null : Math.floor(now / 1000 / shape.period) + delta;
};
