import { secretHash } from "#lib/accounts/tokens/secret-token.ts";
import { isSameAddress } from "#lib/accounts/verify-email.ts";
import type { Viewer } from "#lib/accounts/viewer.ts";
import { db } from "#lib/db/client.ts";
import { type EmailTokenPurpose, findGoodEmailToken } from "#lib/db/queries/accounts/email-tokens.ts";
import { findUser } from "#lib/db/queries/accounts/users.ts";

/** What came of looking at a mail's link: it works for an address, it does not, or it is for whoever else is signed in. */
export type LinkState = { state: "good"; email: string } | { state: "dead" } | { state: "elsewhere" };

/**
 * Says what a link of a mail would do, so that its page can. Uses nothing up and changes nothing, because programs that
 * guard mailboxes open every address. A link for a change of address works for its own account alone.
 */
export const lookAtLink = async ({
  viewer,
  token,
  purpose,
}: {
  viewer: Viewer;
  token: string;
  purpose: EmailTokenPurpose;
}): Promise<LinkState> => {
  const good = await findGoodEmailToken(db(), { tokenHash: secretHash(token), purpose });
  const user = good === null ? null : await findUser(db(), good.userId);
  if (good === null || user === null) return { state: "dead" };
  if (purpose === "change_email") {
    return viewer?.id === user.id ? { state: "good", email: good.email } : { state: "dead" };
  }
  const outdated = !isSameAddress(user.email, good.email) || (purpose === "reset_password" && user.status !== "active");
  if (outdated) return { state: "dead" };
  if (purpose === "verify_email" && viewer !== null && viewer.id !== user.id) return { state: "elsewhere" };
  return { state: "good", email: good.email };
};
