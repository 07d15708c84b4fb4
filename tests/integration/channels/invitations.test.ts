import { and, desc, eq } from "drizzle-orm";
import { afterEach, expect, test } from "vitest";
import { answerInvitation, getInvitation } from "#lib/channels/answer-invitation.ts";
import { invite, listInvitations } from "#lib/channels/invite.ts";
import { changeMember, listMembers, removeMember } from "#lib/channels/members.ts";
import { db } from "#lib/db/client.ts";
import { insertMember } from "#lib/db/queries/channels/channel-members.ts";
import { invitations, mails, outbox } from "#lib/db/schema/index.ts";
import { overrideEnv } from "#lib/env.ts";
import { AppError } from "#lib/errors.ts";
import { newId } from "#lib/ids.ts";
import { makePerson, type Person } from "#tests/factories/people.ts";
import { testDatabase } from "#tests/setup/database.ts";

testDatabase();
afterEach(() => overrideEnv({ RATE_LIMITS: "off" }));

/** Invites an address and gives the secret of its mail. */
const invited = async (input: { by: Person; handle: string; email: string; role: "owner" | "editor" }) => {
  const { by, handle, email, role } = input;
  await invite({ viewer: by.account, handle, invitation: { email, role } });
  const [mail] = await db().select().from(mails).where(eq(mails.toAddress, email)).orderBy(desc(mails.id)).limit(1);
  return /\/invitations\/([\w-]{43})/.exec(mail?.bodyText ?? "")?.[1] ?? "";
};

const rolesOf = async (person: Person, handle = person.handle) =>
  new Map((await listMembers({ viewer: person.account, handle })).items.map(({ userId, role }) => [userId, role]));

test.each(["removed", "made an editor"])("an invitation ends with its writer's right to invite: %s", async (how) => {
  const [founder, owner, accomplice] = [await makePerson(), await makePerson(), await makePerson()];
  const { channelId, handle } = founder;
  await insertMember(db(), { channelId, userId: owner.account.id, role: "owner" });
  const { email } = accomplice.account;
  const invitation = await invited({ by: owner, handle, email, role: "owner" });
  const asked = { viewer: founder.account, handle, userId: owner.account.id };
  if (how === "removed") await removeMember(asked);
  else await changeMember({ ...asked, role: "editor" });
  expect((await listInvitations({ viewer: founder.account, handle })).items).toEqual([]);
  await expect(getInvitation({ viewer: accomplice.account, invitation })).rejects.toMatchObject({ code: "not_found" });
  await expect(answerInvitation({ viewer: accomplice.account, invitation, answer: "accept" })).rejects.toMatchObject({
    code: "not_found",
  });
  expect((await rolesOf(founder)).has(accomplice.account.id)).toBe(false);
});

test("an editor who is invited as an owner under another address becomes one, and no owner an editor", async () => {
  const [founder, editor] = [await makePerson(), await makePerson()];
  const { channelId, handle } = founder;
  await insertMember(db(), { channelId, userId: editor.account.id, role: "editor" });
  const email = `new-${editor.account.email}`;
  const answerAs = async (person: Person, role: "owner" | "editor") => {
    const invitation = await invited({ by: founder, handle, email, role });
    return answerInvitation({ viewer: { ...person.account, email }, invitation, answer: "accept" });
  };
  expect((await answerAs(editor, "owner")).role).toBe("owner");
  expect((await rolesOf(founder)).get(editor.account.id)).toBe("owner");
  expect((await answerAs(founder, "editor")).role).toBe("owner");
  expect((await rolesOf(founder)).get(founder.account.id)).toBe("owner");
});

test("an account that has not confirmed its address learns of an invitation from the mail alone", async () => {
  const [founder, squatter] = [await makePerson(), await makePerson({ emailVerifiedAt: null })];
  const friend = await makePerson({ emailVerifiedAt: new Date() });
  for (const { account } of [squatter, friend]) {
    expect(await invited({ by: founder, handle: founder.handle, email: account.email, role: "editor" })).not.toBe("");
  }
  const told = await db()
    .select({ userId: outbox.userId })
    .from(outbox)
    .where(and(eq(outbox.type, "channel.invitation"), eq(outbox.channelId, founder.channelId)));
  expect(told).toEqual([{ userId: friend.account.id }]);
});

test("nobody's letter box is filled by invitations that are written again and again", async () => {
  overrideEnv({ RATE_LIMITS: "on" });
  const [founder, other] = [await makePerson(), await makePerson()];
  const email = `stranger-${founder.account.email}`;
  const ask = ({ account, handle }: Person, to: string) =>
    invite({ viewer: account, handle, invitation: { email: to, role: "editor" } }).then(
      () => "mailed",
      (error: unknown) => (error instanceof AppError ? error.code : "?"),
    );
  const answers = [];
  for (const to of [email, email.toUpperCase(), email, email]) answers.push(await ask(founder, to));
  expect(answers).toEqual(["mailed", "mailed", "mailed", "rate_limited"]);
  // What one account has used up is nobody else's.
  expect(await ask(other, email)).toBe("mailed");
});

test("an account writes to fifty strangers a day, whatever it takes back in between", async () => {
  overrideEnv({ RATE_LIMITS: "on" });
  const founder = await makePerson();
  const { account, channelId, handle } = founder;
  const write = (number: number) =>
    invite({ viewer: account, handle, invitation: { email: `${number}-${account.email}`, role: "editor" } });
  await db()
    .insert(invitations)
    .values(
      Array.from({ length: 49 }, (_, number) => ({
        ...{ id: newId(), channelId, email: `${number}-${account.email}`, role: "editor" as const },
        ...{ tokenHash: newId(), invitedBy: account.id, state: "revoked" as const, expiresAt: new Date() },
      })),
    );
  await write(100);
  await expect(write(101)).rejects.toMatchObject({ code: "rate_limited" });
  await db()
    .update(invitations)
    .set({ createdAt: new Date(Date.now() - 25 * 3_600_000) })
    .where(eq(invitations.state, "revoked"));
  await write(101);
});
