import { eq, sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { db, transaction } from "#lib/db/client.ts";
import { flipToRun } from "#lib/db/queries/runs/publish-run.ts";
import { channelFollowers, likes, outbox, videoReactions, videos } from "#lib/db/schema/index.ts";
import { newId } from "#lib/ids.ts";
import { announceVideo } from "#lib/library/announce-video.ts";
import { likeVideo, listLiked, readLikes, unlikeVideo } from "#lib/library/likes.ts";
import {
  listSubscriptionFeed,
  listSubscriptions,
  readSubscription,
  subscribe,
  unsubscribeFrom,
} from "#lib/library/subscriptions.ts";
import { dispatchEvent } from "#lib/notifications/dispatch-event.ts";
import { listNotifications } from "#lib/notifications/list-notifications.ts";
import { editVideo } from "#lib/videos/edit-video.ts";
import { makePerson } from "#tests/factories/people.ts";
import { makeUser, makeVideo } from "#tests/factories/rows.ts";
import { testDatabase } from "#tests/setup/database.ts";

testDatabase();

const publicVideo = (
  person: Awaited<ReturnType<typeof makePerson>>,
  values: Partial<typeof videos.$inferInsert> = {},
) =>
  makeVideo({
    ...{ creatorId: person.account.id, channelId: person.channelId },
    ...{ visibility: "public", status: "ready", publishedAt: new Date(), ...values },
  });

describe("likes", () => {
  test("are one per account and video, counted exactly when many come at once and twice", async () => {
    const owner = await makePerson();
    const { id: videoId } = await publicVideo(owner);
    const people = await Promise.all(Array.from({ length: 20 }, () => makePerson()));
    await Promise.all([...people, ...people].map(({ account: viewer }) => likeVideo({ viewer, videoId })));
    expect(await readLikes({ viewer: null, videoId })).toEqual({ likes: 20, liked: false });
    const leaving = people.slice(0, 7);
    await Promise.all([...leaving, ...leaving].map(({ account: viewer }) => unlikeVideo({ viewer, videoId })));
    expect(await readLikes({ viewer: people[19]?.account ?? null, videoId })).toEqual({ likes: 13, liked: true });
    const counted = await db().$count(likes, eq(likes.videoId, videoId));
    const [row] = await db().select().from(videoReactions).where(eq(videoReactions.videoId, videoId));
    expect([counted, row?.likes]).toEqual([13, 13]);
  });

  test("of what one may no longer see are left out, and not taken", async () => {
    const [owner, viewer] = [await makePerson(), await makePerson()];
    const [kept, closed] = [await publicVideo(owner), await publicVideo(owner)];
    const asked = { viewer: viewer.account };
    for (const { id } of [kept, closed]) await likeVideo({ ...asked, videoId: id });
    await db().update(videos).set({ visibility: "private" }).where(eq(videos.id, closed.id));
    const page = await listLiked({ ...asked, query: { limit: 20 } });
    expect(page.items.map(({ id }) => id)).toEqual([kept.id]);
    for (const act of [likeVideo, unlikeVideo]) {
      await expect(act({ ...asked, videoId: closed.id })).rejects.toMatchObject({ code: "not_found" });
    }
    await expect(likeVideo({ viewer: null, videoId: kept.id })).rejects.toMatchObject({ code: "unauthenticated" });
  });

  test("are paged, the latest first", async () => {
    const [owner, viewer] = [await makePerson(), await makePerson()];
    const made = [await publicVideo(owner), await publicVideo(owner), await publicVideo(owner)];
    for (const { id } of made) await likeVideo({ viewer: viewer.account, videoId: id });
    const first = await listLiked({ viewer: viewer.account, query: { limit: 2 } });
    const rest = await listLiked({ viewer: viewer.account, query: { limit: 2, cursor: first.nextCursor ?? "" } });
    const ids = [...first.items, ...rest.items].map(({ id }) => id);
    expect(ids).toEqual(made.map(({ id }) => id).toReversed());
    expect(rest.nextCursor).toBeNull();
    await expect(listLiked({ viewer: viewer.account, query: { limit: 2, cursor: "x" } })).rejects.toMatchObject({
      code: "invalid_input",
    });
  });
});

describe("subscriptions", () => {
  test("are counted exactly after fifty at once that come, come again and go", async () => {
    const { handle, channelId } = await makePerson();
    const people = await Promise.all(Array.from({ length: 50 }, () => makePerson()));
    const all = (act: (viewer: (typeof people)[number]["account"]) => Promise<unknown>) =>
      Promise.all(people.map(({ account }) => act(account)));
    await Promise.all([
      all((viewer) => subscribe({ viewer, handle, notify: "all" })),
      all((viewer) => subscribe({ viewer, handle, notify: "none" })),
    ]);
    expect(await readSubscription({ viewer: null, handle })).toMatchObject({ subscribers: 50, subscribed: false });
    await Promise.all(people.slice(0, 20).map(({ account: viewer }) => unsubscribeFrom({ viewer, handle })));
    const [row] = await db().select().from(channelFollowers).where(eq(channelFollowers.channelId, channelId));
    expect(row?.subscribers).toBe(30);
  });

  test("are refused for one's own channel", async () => {
    const { account: viewer, handle } = await makePerson();
    await expect(subscribe({ viewer, handle, notify: "all" })).rejects.toMatchObject({ code: "conflict" });
  });

  test("give a feed of public videos, the newest first, page by page, without what was closed since", async () => {
    const [one, two, viewer] = [await makePerson(), await makePerson(), await makePerson()];
    for (const { handle } of [one, two]) await subscribe({ viewer: viewer.account, handle, notify: "all" });
    const at = (minutes: number) => new Date(Date.UTC(2026, 10, 1, 12, minutes));
    const made = [
      await publicVideo(one, { publishedAt: at(1) }),
      await publicVideo(two, { publishedAt: at(2) }),
      await publicVideo(one, { publishedAt: at(3) }),
    ];
    await publicVideo(one, { visibility: "unlisted" });
    await publicVideo(one, { takenDownAt: new Date() });
    await publicVideo(two, { deletedAt: new Date() });
    await publicVideo(await makePerson());
    const ids = made.map(({ id }) => id).toReversed();
    const first = await listSubscriptionFeed({ viewer: viewer.account, query: { limit: 2 } });
    expect(first.items.map(({ id }) => id)).toEqual(ids.slice(0, 2));
    const query = { limit: 2, cursor: first.nextCursor ?? "" };
    const rest = await listSubscriptionFeed({ viewer: viewer.account, query });
    expect(rest).toMatchObject({ items: [{ id: ids[2] }], nextCursor: null });
    const channels = await listSubscriptions({ viewer: viewer.account, query: { limit: 20 } });
    expect(channels.items.map(({ channel }) => channel.handle).sort()).toEqual([one.handle, two.handle].sort());
  });
});

describe("a new video", () => {
  const told = async (videoId: string) => {
    const rows = await db().select().from(outbox).where(eq(outbox.videoId, videoId));
    return rows.filter(({ type }) => type === "video.published");
  };
  const queued = async (videoId: string) =>
    (await db().execute(sql`select 1 from graphile_worker.jobs where key like ${`announce:${videoId}:%`}`)).length;

  test("is told to subscribers who want it, once, whoever runs it again", async () => {
    const [owner, wants, not] = [await makePerson(), await makePerson(), await makePerson()];
    const { handle } = owner;
    await subscribe({ viewer: wants.account, handle, notify: "all" });
    await subscribe({ viewer: not.account, handle, notify: "none" });
    const { id: videoId } = await publicVideo(owner, { visibility: "private", publishedAt: null, title: "A film" });
    await editVideo({ viewer: owner.account, videoId, patch: { visibility: "public" } });
    expect(await queued(videoId)).toBe(1);
    await Promise.all([announceVideo({ videoId, afterUserId: null }), announceVideo({ videoId, afterUserId: null })]);
    const events = await told(videoId);
    expect(events.map(({ userId }) => userId)).toEqual([wants.account.id]);
    await dispatchEvent({ eventId: events[0]?.id ?? "" });
    const notices = await listNotifications({ viewer: wants.account, query: { limit: 5 }, locale: "en" });
    expect(notices.items).toMatchObject([
      { type: "video.published", text: `${handle}: A film`, href: `/watch/${videoId}` },
    ]);
  });

  test("is announced when it is public for the first time only, and to nobody once it is closed", async () => {
    const [owner, wants] = [await makePerson(), await makePerson()];
    await subscribe({ viewer: wants.account, handle: owner.handle, notify: "all" });
    const { id: videoId } = await publicVideo(owner);
    for (const visibility of ["private", "public", "private"] as const) {
      await editVideo({ viewer: owner.account, videoId, patch: { visibility } });
    }
    expect(await queued(videoId)).toBe(0);
    await announceVideo({ videoId, afterUserId: null });
    expect(await told(videoId)).toEqual([]);
  });

  test("is announced by the first run that makes it ready, when it is public then, and by no later one", async () => {
    const owner = await makePerson();
    const facts = {
      ...{ durationMs: 1000, width: 640, height: 360, frameRate: "25/1" },
      ...{ posterKey: null, posterWidths: [], dominantColor: null },
    };
    const flip = (videoId: string) => transaction((tx) => flipToRun(tx, { videoId, runId: newId(), facts }));
    const open = await publicVideo(owner, { status: "processing", publishedAt: null });
    expect(await flip(open.id)).toEqual({ published: true });
    expect(await flip(open.id)).toEqual({ published: false });
    const closed = await publicVideo(owner, { status: "processing", publishedAt: null, visibility: "unlisted" });
    expect(await flip(closed.id)).toEqual({ published: false });
    const gone = await publicVideo(owner, { status: "processing", deletedAt: new Date() });
    expect(await flip(gone.id)).toBe(false);
  });

  test("is told in batches, each with the next one's job", async () => {
    const owner = await makePerson();
    const { id: videoId } = await publicVideo(owner);
    const people = await Promise.all(Array.from({ length: 3 }, () => makeUser()));
    const rows = sql.join(
      people.map(({ id }) => sql`(${id}::uuid, ${owner.channelId}::uuid)`),
      sql`, `,
    );
    await db().execute(sql`insert into subscriptions (user_id, channel_id) values ${rows}`);
    await transaction((tx) =>
      tx.execute(sql`
        with made as (
          insert into users (id, email, username, display_name, role)
          select gen_random_uuid(), 'many-' || n || '@example.org', 'many-' || n, 'Many', 'viewer'
          from generate_series(1, 500) n returning id)
        insert into subscriptions (user_id, channel_id) select id, ${owner.channelId}::uuid from made`),
    );
    await announceVideo({ videoId, afterUserId: null });
    expect(await told(videoId)).toHaveLength(500);
    const [next] = await db().execute<{ key: string }>(
      sql`select key from graphile_worker.jobs where key like ${`announce:${videoId}:%`}`,
    );
    await announceVideo({ videoId, afterUserId: next?.key.split(":").at(-1) ?? null });
    expect(await told(videoId)).toHaveLength(503);
    expect(await readSubscription({ viewer: null, handle: owner.handle })).toMatchObject({ subscribers: 503 });
  });
});
