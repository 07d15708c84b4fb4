import { issueAccessToken } from "#lib/accounts/access-token.ts";
import { makeChannel, makeSession, makeUser } from "#tests/factories/rows.ts";

/** An account with a channel and an access token for it. */
export const makeBearer = async (values: Parameters<typeof makeUser>[0] = {}) => {
  const user = await makeUser(values);
  const channel = await makeChannel({ ownerId: user.id });
  const { id, email, username, displayName, role, locale, emailVerifiedAt } = user;
  const account = { id, email, username, displayName, role, locale: locale ?? null, emailVerifiedAt };
  const { id: sessionId } = await makeSession({ userId: user.id, kind: "program" });
  const { accessToken } = await issueAccessToken({ account, sessionVersion: user.sessionVersion, sessionId });
  return { user, account, channel, sessionId, headers: { Authorization: `Bearer ${accessToken}` } };
};
