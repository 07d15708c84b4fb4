import { createHmac, randomBytes } from "node:crypto";

/** A new secret for a webhook: 256 random bits. */
export const newWebhookSecret = (): string => `kws_${randomBytes(32).toString("base64url")}`;

/**
 * The value of `Kinora-Signature`: `t=<unix seconds>,v1=<hex>`, an HMAC-SHA256 over `<t>.<body>`. The time is in it so
 * that a receiver can refuse what somebody recorded and sends again later.
 */
export const signatureHeader = (input: { secret: string; body: string; timestampSeconds: number }): string => {
  const { secret, body, timestampSeconds } = input;
  const hmac = createHmac("sha256", secret).update(`${timestampSeconds}.${body}`, "utf8").digest("hex");
  return `t=${timestampSeconds},v1=${hmac}`;
};
