import { addComment } from "#lib/comments/add-comment.ts";
import { changeCommentsMode } from "#lib/comments/moderate.ts";
import { makeUser, makeVideo } from "#tests/factories/rows.ts";
import {
  type Actor,
  type Call,
  hidden,
  options,
  person,
  privateVideo,
  publicVideo,
  type Row,
  refused,
  type Statuses,
  same,
  shown,
  withBody,
} from "./scene.ts";

const root = "app/api/v1";
const list = `${root}/videos/[videoId]/comments/route.ts`;
const one = `${root}/comments/[commentId]/route.ts`;
const replies = `${root}/comments/[commentId]/replies/route.ts`;
const like = `${root}/comments/[commentId]/like/route.ts`;
const moderation = `${root}/comments/[commentId]/moderation/route.ts`;
const pin = `${root}/comments/[commentId]/pin/route.ts`;
const people = `${root}/channels/[handle]/hidden-people/route.ts`;
const queue = `${root}/channels/[handle]/comments/route.ts`;
const somebody = `${root}/channels/[handle]/hidden-people/[userId]/route.ts`;

const signedIn = (status: number): Statuses => same(status, { anonymous: 401, suspended: 401 });
const closed = (status: number): Statuses => ({ ...hidden(status), anonymous: 401 });

/** A comment of somebody's under a video of the owner's, which is closed afterwards or not. */
const commentBy =
  (author: Exclude<Actor, "anonymous" | "suspended">, visibility: "public" | "private" = "public") =>
  async (): Promise<Partial<Call>> => {
    const { account, channelId } = person("owner");
    const values = { visibility, status: "ready", publishedAt: new Date() } as const;
    const { id: videoId } = await makeVideo({ creatorId: account.id, channelId, ...values });
    const { id: commentId } = await addComment({
      ...{ viewer: person(author).account, videoId },
      comment: { text: "Well said at 1:23", parentId: null },
    });
    return { params: { commentId, videoId } };
  };

const heldList = async (): Promise<Partial<Call>> => {
  const call = await publicVideo();
  const videoId = String(call.params?.videoId);
  await changeCommentsMode({ viewer: person("owner").account, videoId, mode: "held" });
  return { ...call, path: "/?state=held" };
};
const hiding = async () => ({ params: { handle: person("owner").handle, userId: (await makeUser()).id } });
const text = { text: "Hello" };

/** Only the viewer wrote it; who works on the channel may do this too, or may not. */
const writers = (status: number, channel: number): Statuses =>
  same(403, { anonymous: 401, viewer: status, owner: channel, admin: channel, suspended: 401 });

/** Rows of comments and of how channels moderate them. */
export const commentRows: Row[] = [
  { case: "public", file: list, method: "GET", prepare: publicVideo, expected: same(200, { suspended: 401 }) },
  { case: "private", file: list, method: "GET", prepare: privateVideo, expected: hidden(200) },
  { case: "what waits", file: list, method: "GET", prepare: heldList, expected: shown(200) },
  { case: "public", file: list, method: "POST", prepare: withBody(publicVideo, text), expected: signedIn(201) },
  { case: "private", file: list, method: "POST", prepare: withBody(privateVideo, text), expected: closed(201) },
  {
    case: "public",
    file: list,
    method: "PATCH",
    prepare: withBody(publicVideo, { mode: "off" }),
    expected: shown(200),
  },
  ...refused(list, "PUT", "DELETE"),
  options(list),
  ...[one, replies].flatMap((file): Row[] => [
    { case: "public", file, method: "GET", prepare: commentBy("viewer"), expected: same(200, { suspended: 401 }) },
    {
      case: "private",
      file,
      method: "GET",
      prepare: commentBy("owner", "private"),
      expected: hidden(200),
    },
    options(file),
  ]),
  {
    case: "the viewer's",
    file: one,
    method: "PATCH",
    prepare: withBody(commentBy("viewer"), text),
    expected: writers(200, 403),
  },
  { case: "the viewer's", file: one, method: "DELETE", prepare: commentBy("viewer"), expected: writers(204, 204) },
  ...refused(one, "POST", "PUT"),
  ...refused(replies, "POST", "PUT", "PATCH", "DELETE"),
  ...["PUT", "DELETE"].flatMap((method): Row[] => [
    { case: "public", file: like, method, prepare: commentBy("viewer"), expected: signedIn(200) },
    { case: "private", file: like, method, prepare: commentBy("owner", "private"), expected: closed(200) },
    { case: "public", file: pin, method, prepare: commentBy("viewer"), expected: shown(200) },
  ]),
  ...refused(like, "GET", "POST", "PATCH"),
  options(like),
  ...refused(pin, "GET", "POST", "PATCH"),
  options(pin),
  {
    case: "public",
    file: moderation,
    method: "PUT",
    prepare: withBody(commentBy("viewer"), { state: "held" }),
    expected: shown(200),
  },
  ...refused(moderation, "GET", "POST", "PATCH", "DELETE"),
  options(moderation),
  {
    case: "the owner's channel",
    file: people,
    method: "GET",
    prepare: async () => ({ params: { handle: person("owner").handle } }),
    expected: shown(200),
  },
  ...refused(people, "POST", "PUT", "PATCH", "DELETE"),
  options(people),
  {
    case: "the owner's channel",
    file: queue,
    method: "GET",
    prepare: async () => ({ params: { handle: person("owner").handle } }),
    expected: shown(200),
  },
  ...refused(queue, "POST", "PUT", "PATCH", "DELETE"),
  options(queue),
  ...["PUT", "DELETE"].map(
    (method): Row => ({ case: "the owner's channel", file: somebody, method, prepare: hiding, expected: shown(204) }),
  ),
  ...refused(somebody, "GET", "POST", "PATCH"),
  options(somebody),
];
