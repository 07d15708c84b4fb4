import { AppError } from "#lib/errors.ts";
import { targetFault } from "#lib/webhooks/target.ts";

/**
 * An address that a webhook may lead to, as the parser writes it. Where its name leads is checked at each attempt. Throws
 * `invalid_input` with the field `url`.
 */
export const requireTarget = (text: string): string => {
  const fault = targetFault(text);
  if (fault !== null) throw new AppError("invalid_input", { fields: { url: `webhook_url_${fault}` } });
  const url = new URL(text);
  url.hash = "";
  return url.href;
};
