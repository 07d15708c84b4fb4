import { describe, expect, test } from "vitest";
import { deleteChannel } from "#lib/channels/change-channel.ts";
import { createChannel } from "#lib/channels/create-channel.ts";
import { changeMember, listMembers, removeMember } from "#lib/channels/members.ts";
import { db, transaction } from "#lib/db/client.ts";
import { insertMember } from "#lib/db/queries/channels/channel-members.ts";
import { findChannel } from "#lib/db/queries/channels/channels.ts";
import { makePerson, type Person } from "#tests/factories/people.ts";
import { testDatabase } from "#tests/setup/database.ts";
import { waitFor } from "#tests/setup/wait-for.ts";

testDatabase();

/** A channel of its founder's on which two more are owners. */
const sharedChannel = async () => {
  const [founder, one, two] = [await makePerson(), await makePerson(), await makePerson()];
  const channel = { handle: `shared-${founder.handle}`, name: "Shared", description: "" };
  const { id: channelId, handle } = await createChannel({ viewer: founder.account, channel });
  for (const { account } of [one, two]) await insertMember(db(), { channelId, userId: account.id, role: "owner" });
  const on = ({ account }: Person) => ({ viewer: account, handle });
  return { channelId, founder, one, two, on };
};

const waitingForLocks = async () => (await db().execute("select 1 from pg_locks where not granted")).length;

/** Begins everything while somebody else holds the channel, and lets go when all of it waits; says how each one ended. */
const atOnce = async (channelId: string, ...works: readonly (() => Promise<unknown>)[]) => {
  const [held, letGo] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const holding = transaction(async (tx) => {
    await findChannel(tx, channelId, { lock: true });
    held.resolve();
    await letGo.promise;
  });
  await held.promise;
  const ended = Promise.allSettled(works.map((work) => work()));
  await waitFor({ what: "all to wait", until: async () => (await waitingForLocks()) >= works.length });
  letGo.resolve();
  await holding;
  const codes = (await ended).map((one) => (one.status === "fulfilled" ? "done" : one.reason.code));
  return codes.sort();
};

describe("owners who act against each other at once", () => {
  test("of two who remove each other one stays an owner", async () => {
    const { channelId, founder, one, two, on } = await sharedChannel();
    const codes = await atOnce(
      channelId,
      () => removeMember({ ...on(one), userId: two.account.id }),
      () => removeMember({ ...on(two), userId: one.account.id }),
    );
    expect(codes).toEqual(["done", "forbidden"]);
    const roles = (await listMembers(on(founder))).items.map(({ role }) => role);
    expect(roles).toEqual(["owner", "owner"]);
  });

  test("of two who make each other an editor one stays an owner", async () => {
    const { channelId, founder, one, two, on } = await sharedChannel();
    const codes = await atOnce(
      channelId,
      () => changeMember({ ...on(one), userId: two.account.id, role: "editor" }),
      () => changeMember({ ...on(two), userId: one.account.id, role: "editor" }),
    );
    expect(codes).toEqual(["done", "forbidden"]);
    const roles = (await listMembers(on(founder))).items.map(({ role }) => role);
    expect(roles.sort()).toEqual(["editor", "owner", "owner"]);
  });

  test("who is made an editor while they delete the channel deletes nothing", async () => {
    const { channelId, founder, one, on } = await sharedChannel();
    const [held, letGo] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const demoting = transaction(async (tx) => {
      await findChannel(tx, channelId, { lock: true });
      await tx.execute(
        `update channel_members set role = 'editor' where channel_id = '${channelId}' and user_id = '${one.account.id}'`,
      );
      held.resolve();
      await letGo.promise;
    });
    await held.promise;
    const deleting = expect(deleteChannel(on(one))).rejects.toMatchObject({ code: "forbidden" });
    await waitFor({ what: "the deletion to wait", until: async () => (await waitingForLocks()) > 0 });
    letGo.resolve();
    await Promise.all([demoting, deleting]);
    expect((await listMembers(on(founder))).items).toHaveLength(3);
  });

  test("who was taken off meanwhile has left: taking themselves off finds nobody", async () => {
    const { channelId, founder, one, on } = await sharedChannel();
    const codes = await atOnce(
      channelId,
      () => removeMember({ ...on(founder), userId: one.account.id }),
      () => removeMember({ ...on(one), userId: one.account.id }),
    );
    expect(codes[0]).toBe("done");
    expect(["forbidden", "not_found"]).toContain(codes[1]);
  });
});
