import { seal } from "#lib/accounts/sealed-key.ts";
import { newWebhookSecret } from "#lib/webhooks/signature.ts";

/** Name under which a webhook's secret is sealed, so that no row can use another one's. */
export const sealedSecretName = (webhookId: string): string => `webhook:${webhookId}`;

/** A new secret for a webhook: as its owner gets it once, and as it is stored. */
export const makeWebhookSecret = (webhookId: string): { secret: string; sealedSecret: string } => {
  const secret = newWebhookSecret();
  return { secret, sealedSecret: seal({ name: sealedSecretName(webhookId), secret }) };
};
