import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import { requireAuthSecret } from "#lib/env.ts";
import { AppError } from "#lib/errors.ts";

const nonceBytes = 12;
const tagBytes = 16;
const version = "v1";

const sealingKey = () => Buffer.from(hkdfSync("sha256", requireAuthSecret(), "", "kinora signing key seal v1", 32));

/**
 * Encrypts a private key for the database (AES-256-GCM, key by HKDF from AUTH_SECRET): `v1.` and base64url of nonce, tag
 * and ciphertext. `name` is bound to it, so that two rows cannot be swapped.
 */
export const seal = ({ name, secret }: { name: string; secret: string }): string => {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv("aes-256-gcm", sealingKey(), nonce);
  cipher.setAAD(Buffer.from(name));
  const body = Buffer.concat([cipher.update(secret, "utf8"), cipher.final()]);
  return `${version}.${Buffer.concat([nonce, cipher.getAuthTag(), body]).toString("base64url")}`;
};

/** Opens what `seal` made. Throws `internal` when AUTH_SECRET is another one or the text was changed. */
export const unseal = ({ name, sealed }: { name: string; sealed: string }): string => {
  const [tag, text = ""] = sealed.split(".");
  const bytes = Buffer.from(text, "base64url");
  try {
    if (tag !== version) throw new Error("unknown seal version");
    const decipher = createDecipheriv("aes-256-gcm", sealingKey(), bytes.subarray(0, nonceBytes));
    decipher.setAAD(Buffer.from(name));
    decipher.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
    return Buffer.concat([decipher.update(bytes.subarray(nonceBytes + tagBytes)), decipher.final()]).toString("utf8");
  } catch (error) {
    throw new AppError("internal", { cause: error, context: { reason: "signing key cannot be unsealed" } });
  }
};
