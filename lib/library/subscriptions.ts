import { z } from "zod";
import type { Viewer } from "#lib/accounts/viewer.ts";
import { decodeCursor, encodeCursor, pageOf } from "#lib/admin/page-cursor.ts";
import { requireChannel } from "#lib/channels/policy.ts";
import { type DbOrTx, db, transaction } from "#lib/db/client.ts";
import { lockUser } from "#lib/db/queries/accounts/users.ts";
import { findChannel } from "#lib/db/queries/channels/channels.ts";
import { listFeed } from "#lib/db/queries/people/feed.ts";
import {
  deleteSubscription,
  followsAsMany,
  getFollowers,
  listFollowedChannels,
  type Notify,
  putSubscription,
} from "#lib/db/queries/people/subscriptions.ts";
import { AppError } from "#lib/errors.ts";
import type { Locale } from "#lib/i18n/locale.ts";
import { idSchema } from "#lib/ids.ts";
import { callerOf } from "#lib/library/caller.ts";
import type { FollowedChannelPageDto, LibraryQuery, SubscriptionDto } from "#lib/library/dto.ts";
import { shownVideos } from "#lib/library/shown-videos.ts";
import type { VideoPageDto } from "#lib/videos/dto.ts";

/** Feeds are put together from each channel anew; more than this would make them slow. */
export const mostSubscriptions = 2_000;

type Asked = { viewer: Viewer; handle: string };

const stateOf = async (tx: DbOrTx, asked: { userId: string | null; channelId: string }): Promise<SubscriptionDto> => {
  const { subscribers, notify } = await getFollowers(tx, asked);
  return { subscribers, notify, subscribed: notify !== null };
};

/** How many follow a channel, and how the viewer does. Throws `not_found`. */
export const readSubscription = async ({ viewer, handle }: Asked): Promise<SubscriptionDto> => {
  const { id: channelId } = await requireChannel(db(), handle);
  return stateOf(db(), { userId: viewer?.id ?? null, channelId });
};

const refuseTooMany = async (tx: DbOrTx, userId: string): Promise<void> => {
  if (!(await followsAsMany(tx, { userId, most: mostSubscriptions }))) return;
  throw new AppError("conflict", {
    message: `An account follows at most ${mostSubscriptions} channels.`,
    hint: "Unsubscribe from one that you no longer watch.",
  });
};

/**
 * Follows a channel, or changes whether its new videos are told; repeating it changes nothing. Throws `unauthenticated`,
 * `not_found`, and `conflict` for one's own channel and when there are too many.
 */
export const subscribe = ({ viewer, handle, notify }: Asked & { notify: Notify }): Promise<SubscriptionDto> =>
  transaction(async (tx) => {
    const { account } = callerOf(viewer);
    const channel = await requireChannel(tx, handle);
    if (channel.ownerId === account.id) {
      throw new AppError("conflict", { message: "This channel is your own.", hint: "Its videos are in your studio." });
    }
    // Nobody gets past the limit by many requests at once, and the channel is not deleted meanwhile.
    await lockUser(tx, account.id);
    if ((await findChannel(tx, channel.id, { lock: "share" })) === null) throw new AppError("not_found");
    const ids = { userId: account.id, channelId: channel.id };
    if (!(await stateOf(tx, ids)).subscribed) await refuseTooMany(tx, account.id);
    await putSubscription(tx, { ...ids, notify });
    return stateOf(tx, ids);
  });

/** Follows a channel no more; repeating it changes nothing. Throws `unauthenticated` and `not_found`. */
export const unsubscribeFrom = ({ viewer, handle }: Asked): Promise<SubscriptionDto> =>
  transaction(async (tx) => {
    const { account } = callerOf(viewer);
    const channel = await requireChannel(tx, handle);
    const ids = { userId: account.id, channelId: channel.id };
    await deleteSubscription(tx, ids);
    return stateOf(tx, ids);
  });

type Listing = { viewer: Viewer; query: LibraryQuery };

const nameSchema = z.tuple([z.string().max(200), idSchema]);

/** The channels that the caller follows, by name. Throws `unauthenticated`, and `invalid_input` for a cursor that is not ours. */
export const listSubscriptions = async ({ viewer, query }: Listing): Promise<FollowedChannelPageDto> => {
  const { account } = callerOf(viewer);
  const [name, id] = decodeCursor(nameSchema, query.cursor) ?? [];
  const after = name === undefined || id === undefined ? undefined : { name, id };
  const rows = await listFollowedChannels(db(), { userId: account.id, after, limit: query.limit + 1 });
  return pageOf(rows, {
    limit: query.limit,
    toPosition: (row) => [row.name, row.id],
    toItem: ({ id, handle, name, subscribers, notify, createdAt }) => ({
      channel: { id, handle, name },
      ...{ subscribers, notify, since: createdAt.toISOString() },
    }),
  });
};

const feedSchema = z.tuple([z.iso.datetime().pipe(z.coerce.date()), idSchema]);

/** The newest public videos of the channels that the caller follows. Throws like `listSubscriptions`. */
export const listSubscriptionFeed = async ({
  viewer,
  query: { cursor, limit },
  locale,
}: Listing & { locale?: Locale | undefined }): Promise<VideoPageDto> => {
  const { account } = callerOf(viewer);
  const [publishedAt, id] = decodeCursor(feedSchema, cursor) ?? [];
  const after = publishedAt === undefined || id === undefined ? undefined : { publishedAt, id };
  const rows = await listFeed(db(), { userId: account.id, after, limit: limit + 1 });
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const shown = await shownVideos(
    db(),
    page.map((row) => row.id),
    { viewer, locale },
  );
  return {
    items: [...shown.values()],
    nextCursor:
      rows.length > limit && last !== undefined ? encodeCursor([last.publishedAt.toISOString(), last.id]) : null,
  };
};
