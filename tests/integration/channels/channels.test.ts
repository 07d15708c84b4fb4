import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { answerInvitation, getInvitation, listMyInvitations } from "#lib/channels/answer-invitation.ts";
import { deleteChannel, editChannel } from "#lib/channels/change-channel.ts";
import { createChannel } from "#lib/channels/create-channel.ts";
import { invite, listInvitations, revokeInvitation } from "#lib/channels/invite.ts";
import { changeMember, listMembers, removeMember } from "#lib/channels/members.ts";
import { getChannel, listOwnChannels } from "#lib/channels/read-channels.ts";
import { db } from "#lib/db/client.ts";
import { invitations, mails, outbox, users } from "#lib/db/schema/index.ts";
import { editVideo } from "#lib/videos/edit-video.ts";
import { getVideo } from "#lib/videos/get-video.ts";
import { listVideos } from "#lib/videos/list-videos.ts";
import { makePerson, type Person } from "#tests/factories/people.ts";
import { makeVideo } from "#tests/factories/rows.ts";
import { testDatabase } from "#tests/setup/database.ts";

testDatabase();

let owner: Person;
let friend: Person;
let other: Person;
let watcher: Person;

beforeAll(async () => {
  [owner, friend, other] = [await makePerson(), await makePerson({ emailVerifiedAt: null }), await makePerson()];
  watcher = await makePerson({ role: "viewer" });
});

const code = (expected: string) => expect.objectContaining({ code: expected });
const asOwner = () => ({ viewer: owner.account, handle: owner.handle });

let count = 0;
const newChannel = (person: Person) => {
  count += 1;
  const channel = { handle: `second-${count}`, name: "Second", description: "" };
  return createChannel({ viewer: person.account, channel });
};

/** The secret that was mailed to an address last. */
const mailedSecret = async (address: string): Promise<string> => {
  const rows = await db().select().from(mails).where(eq(mails.toAddress, address)).orderBy(mails.id);
  const secret = /\/invitations\/([\w-]{43})/.exec(rows.at(-1)?.bodyText ?? "")?.[1];
  if (secret === undefined) throw new Error("no invitation was mailed");
  return secret;
};

const inviteFriend = async (role: "owner" | "editor" = "editor") => {
  await invite({ ...asOwner(), invitation: { email: friend.account.email, role } });
  return mailedSecret(friend.account.email);
};

describe("the person behind a channel", () => {
  const personOf = async (handle: string) => (await getChannel({ viewer: null, handle })).person;
  const change = (person: Person, changes: Partial<typeof users.$inferInsert>) =>
    db().update(users).set(changes).where(eq(users.id, person.account.id));

  test("is shown to everybody on the channel that came with the account, and on no other", async () => {
    const someone = await makePerson();
    const second = await newChannel(someone);
    await change(someone, { displayName: "Олена", bio: "Знімаю гори." });
    expect(await personOf(someone.handle)).toEqual({ displayName: "Олена", bio: "Знімаю гори.", avatarUrl: null });
    expect(await personOf(second.handle)).toBeNull();
    await deleteChannel({ viewer: someone.account, handle: someone.handle });
    expect(await personOf(second.handle)).toBeNull();
  });

  test("is not shown when they say nothing of themselves", async () => {
    const someone = await makePerson();
    await change(someone, { displayName: "Somebody else than the channel" });
    expect(await personOf(someone.handle)).toBeNull();
  });

  test("is not shown while the account is suspended or leaves", async () => {
    const someone = await makePerson();
    await change(someone, { status: "suspended", bio: "I film." });
    expect(await personOf(someone.handle)).toBeNull();
    await change(someone, { status: "active", deletionRequestedAt: new Date() });
    expect(await personOf(someone.handle)).toBeNull();
    await change(someone, { deletionRequestedAt: null });
    expect(await personOf(someone.handle)).not.toBeNull();
  });
});

describe("a channel", () => {
  test("is made, renamed, found by its new handle only, and deleted when it is empty", async () => {
    const made = await newChannel(owner);
    expect(made.role).toBe("owner");
    const held = { viewer: owner.account, handle: made.handle };
    await editChannel({ ...held, patch: { handle: `${made.handle}-b`, description: "About films." } });
    await expect(getChannel(held)).rejects.toEqual(code("not_found"));
    const renamed = await getChannel({ viewer: null, handle: `@${made.handle.toUpperCase()}-B` });
    expect(renamed).toMatchObject({ id: made.id, description: "About films.", role: null });
    await deleteChannel({ viewer: owner.account, handle: renamed.handle });
    await expect(getChannel({ viewer: null, handle: renamed.handle })).rejects.toEqual(code("not_found"));
  });

  test("is not deleted while it holds a video, nor when it is the last one", async () => {
    await expect(deleteChannel({ viewer: other.account, handle: other.handle })).rejects.toEqual(code("conflict"));
    const made = await newChannel(other);
    const video = await makeVideo({ creatorId: other.account.id, channelId: made.id });
    await expect(deleteChannel({ viewer: other.account, handle: made.handle })).rejects.toEqual(code("conflict"));
    expect((await getVideo({ viewer: other.account, videoId: video.id })).channel.id).toBe(made.id);
  });

  test("cannot take a handle that is taken", async () => {
    await expect(editChannel({ ...asOwner(), patch: { handle: other.handle } })).rejects.toMatchObject({
      code: "conflict",
      fields: { handle: "handle_taken" },
    });
  });

  test("is nothing that those who only watch may make, and twenty are enough", async () => {
    await expect(newChannel(watcher)).rejects.toEqual(code("forbidden"));
    const many = await makePerson();
    const made = await Promise.allSettled(Array.from({ length: 25 }, () => newChannel(many)));
    expect(made.filter(({ status }) => status === "fulfilled")).toHaveLength(19);
    expect((await listOwnChannels(many.account)).items).toHaveLength(20);
  });
});

describe("an invitation", () => {
  test("is answered once, by the account of its address alone", async () => {
    const invitation = await inviteFriend();
    await expect(getInvitation({ viewer: other.account, invitation })).rejects.toEqual(code("forbidden"));
    expect(await getInvitation({ viewer: friend.account, invitation })).toMatchObject({
      channel: { handle: owner.handle },
      role: "editor",
      invitedBy: owner.account.displayName,
    });
    const both = await Promise.allSettled(
      Array.from({ length: 2 }, () => answerInvitation({ viewer: friend.account, invitation, answer: "accept" })),
    );
    expect(both.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect((await listMembers(asOwner())).items.map(({ userId, role }) => [userId, role])).toEqual([
      [owner.account.id, "owner"],
      [friend.account.id, "editor"],
    ]);
    expect((await listInvitations(asOwner())).items).toEqual([]);
    await expect(inviteFriend()).rejects.toEqual(code("conflict"));
    await removeMember({ ...asOwner(), userId: friend.account.id });
  });

  test("is replaced by a new one, and gone when it is revoked or has run out", async () => {
    const first = await inviteFriend();
    const second = await inviteFriend("owner");
    const open = await listInvitations(asOwner());
    expect(open.items).toMatchObject([{ email: friend.account.email, role: "owner" }]);
    await expect(getInvitation({ viewer: friend.account, invitation: first })).rejects.toEqual(code("not_found"));
    await revokeInvitation({ ...asOwner(), invitationId: open.items[0]?.id ?? "" });
    await expect(getInvitation({ viewer: friend.account, invitation: second })).rejects.toEqual(code("not_found"));
    const third = await inviteFriend();
    await db()
      .update(invitations)
      .set({ expiresAt: new Date(Date.now() - 1000) })
      .where(eq(invitations.state, "open"));
    await expect(answerInvitation({ viewer: friend.account, invitation: third, answer: "accept" })).rejects.toEqual(
      code("not_found"),
    );
    expect((await listInvitations(asOwner())).items).toEqual([]);
  });

  test("can be declined, and tells an account in the site without the secret", async () => {
    const { account } = await makePerson({ emailVerifiedAt: new Date() });
    await invite({ ...asOwner(), invitation: { email: account.email, role: "editor" } });
    const invitation = await mailedSecret(account.email);
    const events = await db().select().from(outbox).where(eq(outbox.userId, account.id));
    expect(events.map(({ type }) => type)).toEqual(["channel.invitation"]);
    expect(JSON.stringify(events)).not.toContain(invitation);
    const channel = await answerInvitation({ viewer: account, invitation, answer: "decline" });
    expect(channel.role).toBeNull();
    await expect(getInvitation({ viewer: account, invitation })).rejects.toEqual(code("not_found"));
  });

  test("is listed and answered without the mail only when the address is confirmed", async () => {
    await inviteFriend();
    const id = (await listInvitations(asOwner())).items[0]?.id ?? "";
    expect((await listMyInvitations(friend.account)).items).toEqual([]);
    await expect(getInvitation({ viewer: friend.account, invitation: id })).rejects.toEqual(code("not_found"));
    await db().update(users).set({ emailVerifiedAt: new Date() }).where(eq(users.id, friend.account.id));
    expect((await listMyInvitations(friend.account)).items).toMatchObject([{ id }]);
    await expect(getInvitation({ viewer: other.account, invitation: id })).rejects.toEqual(code("not_found"));
    const joined = await answerInvitation({ viewer: friend.account, invitation: id, answer: "accept" });
    expect(joined.role).toBe("editor");
  });
});

describe("somebody who works on a channel", () => {
  test("sees and edits its videos, private ones too, and no longer when taken off", async () => {
    const video = await makeVideo({ creatorId: owner.account.id, channelId: owner.channelId, status: "ready" });
    const mine = async () =>
      (await listVideos({ viewer: friend.account, query: { mine: true } })).items.map(({ id }) => id);
    expect(await mine()).toContain(video.id);
    const edited = await editVideo({ viewer: friend.account, videoId: video.id, patch: { title: "By the editor" } });
    expect(edited).toMatchObject({ title: "By the editor", editable: true });
    await removeMember({ viewer: friend.account, handle: owner.handle, userId: friend.account.id });
    expect(await mine()).not.toContain(video.id);
    await expect(getVideo({ viewer: friend.account, videoId: video.id })).rejects.toEqual(code("not_found"));
  });

  test("can be made an owner, but nobody unmakes or removes the founder", async () => {
    const invitation = await inviteFriend();
    await answerInvitation({ viewer: friend.account, invitation, answer: "accept" });
    const asFriend = { viewer: friend.account, handle: owner.handle };
    await expect(changeMember({ ...asFriend, userId: friend.account.id, role: "owner" })).rejects.toEqual(
      code("forbidden"),
    );
    await changeMember({ ...asOwner(), userId: friend.account.id, role: "owner" });
    await expect(changeMember({ ...asFriend, userId: owner.account.id, role: "editor" })).rejects.toEqual(
      code("conflict"),
    );
    await expect(removeMember({ ...asFriend, userId: owner.account.id })).rejects.toEqual(code("conflict"));
    await expect(removeMember({ ...asOwner(), userId: other.account.id })).rejects.toEqual(code("not_found"));
    await expect(listMembers({ viewer: other.account, handle: owner.handle })).rejects.toEqual(code("forbidden"));
  });
});
