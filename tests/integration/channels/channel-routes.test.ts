import { expect, test } from "vitest";
import { db } from "#lib/db/client.ts";
import { insertMember } from "#lib/db/queries/channels/channel-members.ts";
import { makePerson } from "#tests/factories/people.ts";
import { makeRequest, withParams } from "#tests/factories/requests.ts";
import { testDatabase } from "#tests/setup/database.ts";
import * as invitationsRoute from "../../../app/api/v1/channels/[handle]/invitations/route.ts";
import * as memberRoute from "../../../app/api/v1/channels/[handle]/members/[userId]/route.ts";
import * as channelRoute from "../../../app/api/v1/channels/[handle]/route.ts";
import * as channelsRoute from "../../../app/api/v1/channels/route.ts";

testDatabase();

// Every answer here is also held against the document (tests/setup/check-answers.ts).
test("what clashes on channels is answered with 409, as the document says", async () => {
  const [founder, owner, other] = [await makePerson(), await makePerson(), await makePerson()];
  const { channelId, handle } = founder;
  await insertMember(db(), { channelId, userId: owner.account.id, role: "owner" });
  const ask = (method: string, body?: unknown) =>
    makeRequest({ method, as: owner, ...(body === undefined ? {} : { body }) });
  const channel = withParams({ handle });
  const ofFounder = withParams({ handle, userId: founder.account.id });
  const answers = [
    await channelsRoute.POST(ask("POST", { handle: other.handle, name: "Mine" }), withParams()),
    await channelRoute.PATCH(ask("PATCH", { handle: other.handle }), channel),
    await channelRoute.DELETE(ask("DELETE"), channel),
    await memberRoute.PATCH(ask("PATCH", { role: "editor" }), ofFounder),
    await memberRoute.DELETE(ask("DELETE"), ofFounder),
    await invitationsRoute.POST(ask("POST", { email: founder.account.email, role: "editor" }), channel),
  ];
  const told = await Promise.all(answers.map(async (answer) => [answer.status, (await answer.json()).error.code]));
  expect(told).toEqual(answers.map(() => [409, "conflict"]));
});
