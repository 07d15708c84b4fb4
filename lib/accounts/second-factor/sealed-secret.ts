import { seal, unseal } from "#lib/accounts/sealed-key.ts";

const nameOf = (userId: string) => `totp:${userId}`;

/** A second factor's secret as it is stored: encrypted with AUTH_SECRET and bound to its account. */
export const sealSecret = ({ userId, secret }: { userId: string; secret: string }): string =>
  seal({ name: nameOf(userId), secret });

/** Opens what `sealSecret` made. Throws `internal` when AUTH_SECRET is another one by now. */
export const unsealSecret = ({ userId, sealedSecret }: { userId: string; sealedSecret: string }): string =>
  unseal({ name: nameOf(userId), sealed: sealedSecret });
