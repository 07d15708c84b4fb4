import { createHash, randomBytes } from "node:crypto";
import { db } from "#lib/db/client.ts";
import { insertMember } from "#lib/db/queries/channels/channel-members.ts";
import { replaceInvitation } from "#lib/db/queries/channels/invitations.ts";
import { newId } from "#lib/ids.ts";
import { makeChannel, makeUser, makeVideo } from "#tests/factories/rows.ts";
import { options, person, type Row, refused, type Statuses, same } from "./scene.ts";

const root = "app/api/v1/channels";
const [list, one] = [`${root}/route.ts`, `${root}/[handle]/route.ts`];
const [members, member] = [`${root}/[handle]/members/route.ts`, `${root}/[handle]/members/[userId]/route.ts`];
const [invitations, invitation] = [
  `${root}/[handle]/invitations/route.ts`,
  `${root}/[handle]/invitations/[invitationId]/route.ts`,
];
const [received, answer] = ["app/api/v1/me/invitations/route.ts", "app/api/v1/me/invitations/[invitation]/route.ts"];

/** Everybody with an account of their own. */
const signedIn = (status: number): Statuses => same(status, { anonymous: 401, suspended: 401 });
const owners = (status: number): Statuses =>
  same(403, { anonymous: 401, owner: status, editor: 403, admin: status, suspended: 401 });
const everyMember = (status: number): Statuses =>
  same(403, { anonymous: 401, owner: status, editor: status, admin: status, suspended: 401 });

/** A second channel of the owner's, on which the editor works too. */
const channel = async () => {
  const made = await makeChannel({ ownerId: person("owner").account.id });
  await insertMember(db(), { channelId: made.id, userId: person("editor").account.id, role: "editor" });
  return made;
};
const ofChannel = async () => ({ params: { handle: (await channel()).handle } });

const withMember = async () => {
  const { id, handle } = await channel();
  const user = await makeUser();
  await insertMember(db(), { channelId: id, userId: user.id, role: "editor" });
  return { params: { handle, userId: user.id } };
};

const inviteTo = async (email: string) => {
  const { id, handle } = await channel();
  const [invitationId, token] = [newId(), randomBytes(32).toString("base64url")];
  await replaceInvitation(db(), {
    ...{ id: invitationId, channelId: id, email, role: "editor", invitedBy: person("owner").account.id },
    tokenHash: createHash("sha256").update(token).digest("hex"),
    expiresAt: new Date(Date.now() + 60_000),
  });
  return { handle, invitationId, token };
};
const withInvitation = async () => {
  const { handle, invitationId } = await inviteTo("somebody@example.org");
  return { params: { handle, invitationId } };
};
const invitedViewer = async () => ({
  params: { invitation: (await inviteTo(person("viewer").account.email)).token },
});

/** A public video of the owner's first channel that is to go to the second one, on which the editor works too. */
const movedVideo = async () => {
  const { account, channelId: from } = person("owner");
  const values = { visibility: "public", status: "ready", publishedAt: new Date() } as const;
  const video = await makeVideo({ creatorId: account.id, channelId: from, ...values });
  return { params: { videoId: video.id }, body: { channelId: (await channel()).id } };
};

let next = 0;
const newHandle = () => {
  next += 1;
  return `row-${next}-${randomBytes(3).toString("hex")}`;
};

const forInvited = (status: number): Statuses => same(403, { anonymous: 401, viewer: status, suspended: 401 });

/** Rows of channels, who works on them, and invitations. */
export const channelRows: Row[] = [
  { case: "own ones", file: list, method: "GET", expected: signedIn(200) },
  {
    case: "a new one",
    file: list,
    method: "POST",
    prepare: async () => ({ body: { handle: newHandle(), name: "Second" } }),
    expected: same(201, { anonymous: 401, viewer: 403, suspended: 401 }),
  },
  ...refused(list, "PUT", "PATCH", "DELETE"),
  options(list),
  {
    case: "its name",
    file: one,
    method: "PATCH",
    prepare: async () => ({ ...(await ofChannel()), body: { name: "Renamed" } }),
    expected: owners(200),
  },
  { case: "an empty one", file: one, method: "DELETE", prepare: ofChannel, expected: owners(204) },
  { case: "who works on it", file: members, method: "GET", prepare: ofChannel, expected: everyMember(200) },
  ...refused(members, "POST", "PUT", "PATCH", "DELETE"),
  options(members),
  {
    case: "somebody else's role",
    file: member,
    method: "PATCH",
    prepare: async () => ({ ...(await withMember()), body: { role: "owner" } }),
    expected: owners(200),
  },
  { case: "somebody else", file: member, method: "DELETE", prepare: withMember, expected: owners(204) },
  ...refused(member, "GET", "POST", "PUT"),
  options(member),
  { case: "open ones", file: invitations, method: "GET", prepare: ofChannel, expected: owners(200) },
  {
    case: "a new one",
    file: invitations,
    method: "POST",
    prepare: async () => ({ ...(await ofChannel()), body: { email: "new@example.org", role: "editor" } }),
    expected: owners(201),
  },
  ...refused(invitations, "PUT", "PATCH", "DELETE"),
  options(invitations),
  { case: "an open one", file: invitation, method: "DELETE", prepare: withInvitation, expected: owners(204) },
  ...refused(invitation, "GET", "POST", "PUT", "PATCH"),
  options(invitation),
  { case: "received ones", file: received, method: "GET", expected: signedIn(200) },
  ...refused(received, "POST", "PUT", "PATCH", "DELETE"),
  options(received),
  { case: "of the viewer's address", file: answer, method: "GET", prepare: invitedViewer, expected: forInvited(200) },
  {
    case: "of the viewer's address",
    file: answer,
    method: "POST",
    prepare: async () => ({ ...(await invitedViewer()), body: { answer: "accept" } }),
    expected: forInvited(200),
  },
  ...refused(answer, "PUT", "PATCH", "DELETE"),
  options(answer),
  {
    case: "to another channel",
    file: "app/api/v1/videos/[videoId]/route.ts",
    method: "PATCH",
    prepare: movedVideo,
    expected: owners(200),
  },
];
