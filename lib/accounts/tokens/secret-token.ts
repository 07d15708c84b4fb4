import { createHash, randomBytes } from "node:crypto";

const secretBytes = 32;

/** First letters of an API token, so that scanners for leaked secrets and people know it. */
export const apiTokenPrefix = "kin_";
/** First letters of a refresh token. */
export const refreshTokenPrefix = "kir_";

/** A new secret of 256 random bits in letters that addresses and headers may hold, behind its prefix. */
export const makeSecret = (prefix: string): string => `${prefix}${randomBytes(secretBytes).toString("base64url")}`;

/** What is kept of a secret. Random bits of that number need no salt and no slow hash. */
export const secretHash = (secret: string): string => createHash("sha256").update(secret).digest("hex");
