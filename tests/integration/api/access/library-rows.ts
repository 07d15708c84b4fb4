import { newId } from "#lib/ids.ts";
import { addPlaylistItem } from "#lib/library/playlist-items.ts";
import { createPlaylist } from "#lib/library/playlists.ts";
import { makeVideo } from "#tests/factories/rows.ts";
import {
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
  withBody,
} from "./scene.ts";

const root = "app/api/v1";
const like = `${root}/videos/[videoId]/like/route.ts`;
const progress = `${root}/videos/[videoId]/watch-progress/route.ts`;
const subscription = `${root}/channels/[handle]/subscription/route.ts`;
const channelLists = `${root}/channels/[handle]/playlists/route.ts`;
const [liked, followed, feed] = ["likes", "subscriptions", "feed"].map((name) => `${root}/me/${name}/route.ts`) as [
  string,
  string,
  string,
];
const lists = `${root}/me/playlists/route.ts`;
const [later, laterOne] = [`${root}/me/watch-later/route.ts`, `${root}/me/watch-later/[videoId]/route.ts`];
const [history, historyOne] = [`${root}/me/history/route.ts`, `${root}/me/history/[videoId]/route.ts`];
const [list, items] = [`${root}/playlists/[playlistId]/route.ts`, `${root}/playlists/[playlistId]/items/route.ts`];
const item = `${root}/playlists/[playlistId]/items/[itemId]/route.ts`;

/** Everybody with an account of their own. */
const signedIn = (status: number): Statuses => same(status, { anonymous: 401, suspended: 401 });
/** What is closed answers 401 to those without an account, since nobody without one could do it anyway. */
const closed = (status: number): Statuses => ({ ...hidden(status), anonymous: 401 });
/** Only the account whose thing it is; editors of its channel and admins have no part in it. */
const mine = (status: number, others: number): Statuses =>
  same(others, { anonymous: 401, owner: status, editor: others, suspended: 401 });

const ofChannel = async (): Promise<Partial<Call>> => ({ params: { handle: person("owner").handle } });

const playlistOf = (visibility: "private" | "unlisted" | "public") => async () => {
  const { account: viewer, channelId } = person("owner");
  const { id: playlistId } = await createPlaylist({
    viewer,
    playlist: { title: "Films", description: "", visibility },
  });
  const values = { visibility: "public", status: "ready", publishedAt: new Date() } as const;
  const { id: videoId } = await makeVideo({ creatorId: viewer.id, channelId, ...values });
  const { id: itemId } = await addPlaylistItem({ viewer, playlistId, videoId });
  return { params: { playlistId, itemId }, videoId };
};
const withVideo = (visibility: "private" | "public") => async (): Promise<Partial<Call>> => {
  const { params, videoId } = await playlistOf(visibility)();
  return { params, body: { videoId } };
};

const likeRows: Row[] = [
  { case: "public", file: like, method: "GET", prepare: publicVideo, expected: same(200, { suspended: 401 }) },
  { case: "private", file: like, method: "GET", prepare: privateVideo, expected: hidden(200) },
  ...["PUT", "DELETE"].flatMap((method): Row[] => [
    { case: "public", file: like, method, prepare: publicVideo, expected: signedIn(200) },
    { case: "private", file: like, method, prepare: privateVideo, expected: closed(200) },
  ]),
  ...refused(like, "POST", "PATCH"),
  options(like),
  { case: "own", file: liked, method: "GET", expected: signedIn(200) },
  ...refused(liked, "POST", "PUT", "PATCH", "DELETE"),
  options(liked),
];

const positionMs = 10_000;
const historyRows: Row[] = [
  { case: "public", file: progress, method: "GET", prepare: publicVideo, expected: signedIn(200) },
  { case: "private", file: progress, method: "GET", prepare: privateVideo, expected: closed(200) },
  {
    case: "public",
    file: progress,
    method: "PUT",
    prepare: withBody(publicVideo, { positionMs }),
    expected: signedIn(204),
  },
  {
    case: "private",
    file: progress,
    method: "PUT",
    prepare: withBody(privateVideo, { positionMs }),
    expected: closed(204),
  },
  ...refused(progress, "POST", "PATCH", "DELETE"),
  options(progress),
  { case: "own", file: history, method: "GET", expected: signedIn(200) },
  {
    case: "own",
    file: history,
    method: "PATCH",
    prepare: async () => ({ body: { paused: false } }),
    expected: signedIn(200),
  },
  { case: "own", file: history, method: "DELETE", expected: signedIn(204) },
  ...refused(history, "POST", "PUT"),
  options(history),
  { case: "own", file: historyOne, method: "DELETE", prepare: privateVideo, expected: signedIn(204) },
  ...refused(historyOne, "GET", "POST", "PUT", "PATCH"),
  options(historyOne),
];

const subscriptionRows: Row[] = [
  {
    case: "the owner's channel",
    file: subscription,
    method: "GET",
    prepare: ofChannel,
    expected: same(200, { suspended: 401 }),
  },
  {
    case: "the owner's channel",
    file: subscription,
    method: "PUT",
    prepare: withBody(ofChannel, { notify: "all" }),
    expected: { ...signedIn(200), owner: 409 },
  },
  { case: "the owner's channel", file: subscription, method: "DELETE", prepare: ofChannel, expected: signedIn(200) },
  ...refused(subscription, "POST", "PATCH"),
  options(subscription),
  ...[followed, feed].flatMap((file): Row[] => [
    { case: "own", file, method: "GET", expected: signedIn(200) },
    ...refused(file, "POST", "PUT", "PATCH", "DELETE"),
    options(file),
  ]),
];

const watchLaterRows: Row[] = [
  { case: "own", file: later, method: "GET", expected: signedIn(200) },
  ...refused(later, "POST", "PUT", "PATCH", "DELETE"),
  options(later),
  { case: "private", file: laterOne, method: "GET", prepare: privateVideo, expected: signedIn(200) },
  { case: "public", file: laterOne, method: "PUT", prepare: publicVideo, expected: signedIn(200) },
  { case: "private", file: laterOne, method: "PUT", prepare: privateVideo, expected: closed(200) },
  { case: "private", file: laterOne, method: "DELETE", prepare: privateVideo, expected: signedIn(204) },
  ...refused(laterOne, "POST", "PATCH"),
  options(laterOne),
];

const playlistRows: Row[] = [
  {
    case: "public ones",
    file: channelLists,
    method: "GET",
    prepare: ofChannel,
    expected: same(200, { suspended: 401 }),
  },
  ...refused(channelLists, "POST", "PUT", "PATCH", "DELETE"),
  options(channelLists),
  { case: "own", file: lists, method: "GET", expected: signedIn(200) },
  {
    case: "a new one",
    file: lists,
    method: "POST",
    prepare: async () => ({ body: { title: "Films" } }),
    expected: signedIn(201),
  },
  ...refused(lists, "PUT", "PATCH", "DELETE"),
  options(lists),
  ...[list, items].flatMap((file): Row[] => [
    { case: "unlisted", file, method: "GET", prepare: playlistOf("unlisted"), expected: same(200, { suspended: 401 }) },
    {
      case: "private",
      file,
      method: "GET",
      prepare: playlistOf("private"),
      expected: { ...mine(200, 404), anonymous: 404 },
    },
    options(file),
  ]),
  ...(["private", "public"] as const).flatMap((visibility): Row[] => {
    const [prepare, others] = [playlistOf(visibility), visibility === "private" ? 404 : 403];
    return [
      {
        case: visibility,
        file: list,
        method: "PATCH",
        prepare: withBody(prepare, { title: "New" }),
        expected: mine(200, others),
      },
      { case: visibility, file: list, method: "DELETE", prepare, expected: mine(204, others) },
      { case: visibility, file: items, method: "POST", prepare: withVideo(visibility), expected: mine(201, others) },
      {
        case: visibility,
        file: item,
        method: "PATCH",
        prepare: withBody(prepare, { afterId: null }),
        expected: mine(204, others),
      },
      { case: visibility, file: item, method: "DELETE", prepare, expected: mine(204, others) },
    ];
  }),
  {
    case: "an item of no playlist",
    file: item,
    method: "DELETE",
    prepare: async () => ({ params: { playlistId: newId(), itemId: newId() } }),
    expected: same(404, { anonymous: 401, suspended: 401 }),
  },
  ...refused(list, "POST", "PUT"),
  ...refused(items, "PUT", "PATCH", "DELETE"),
  ...refused(item, "GET", "POST", "PUT"),
  options(item),
];

/** Rows of likes, subscriptions, playlists, what to watch later, and history. */
export const libraryRows: Row[] = [
  ...likeRows,
  ...historyRows,
  ...subscriptionRows,
  ...watchLaterRows,
  ...playlistRows,
];
