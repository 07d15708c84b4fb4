import type { Account } from "#lib/accounts/viewer.ts";
import type { users } from "#lib/db/schema/index.ts";
import { encodeSession, sessionCookieName } from "#lib/web/identity/session-cookie.ts";
import { makeChannel, makeSession, makeUser } from "#tests/factories/rows.ts";

/** An account with its channel, and what its browser sends. */
export type Person = { account: Account; channelId: string; handle: string; sessionId: string; cookie: string };

/** Opens a session for an account that is there. */
export const enter = async ({
  user,
  channel,
}: {
  user: typeof users.$inferSelect;
  channel: { id: string; handle: string };
}): Promise<Person> => {
  const { id: sessionId } = await makeSession({ userId: user.id });
  const session = await encodeSession({ sessionId, userId: user.id, sessionVersion: user.sessionVersion });
  const { id, email, username, displayName, role, locale, emailVerifiedAt } = user;
  return {
    account: { id, email, username, displayName, role, locale, emailVerifiedAt },
    channelId: channel.id,
    handle: channel.handle,
    sessionId,
    cookie: `${sessionCookieName()}=${session}`,
  };
};

/** Makes an account with a channel and a session. */
export const makePerson = async (values: Partial<typeof users.$inferInsert> = {}): Promise<Person> => {
  const user = await makeUser(values);
  return enter({ user, channel: await makeChannel({ ownerId: user.id }) });
};
