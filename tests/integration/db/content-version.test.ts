import { eq, sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { flushViews } from "#lib/analytics/view-meter.ts";
import { closeDb, db, dedicatedClient, transaction } from "#lib/db/client.ts";
import { freshContentVersions } from "#lib/db/content-version.ts";
import { markQuiet } from "#lib/db/queries/instance/quiet-transactions.ts";
import { beat, insertWorker } from "#lib/db/queries/runs/workers.ts";
import { quietTransactions, videos } from "#lib/db/schema/index.ts";
import { overrideEnv } from "#lib/env.ts";
import { newId } from "#lib/ids.ts";
import { keepWatchProgress } from "#lib/library/history.ts";
import { countDelivered, flushDelivered } from "#lib/usage/delivery-meter.ts";
import { makePerson } from "#tests/factories/people.ts";
import { makeRequest, withParams } from "#tests/factories/requests.ts";
import { makeVideo } from "#tests/factories/rows.ts";
import { setNow, tokenOf, viewsOf, watchFor } from "#tests/factories/watching.ts";
import { testDatabase } from "#tests/setup/database.ts";
import { databaseUrlOf, onServer, startTestServer } from "#tests/setup/test-server.ts";
import { waitFor } from "#tests/setup/wait-for.ts";
import { GET as getVideo } from "../../../app/api/v1/videos/[videoId]/route.ts";

testDatabase();

// A server where nobody else commits anything, neither another test's database nor the server itself.
let server: Awaited<ReturnType<typeof startTestServer>>;
beforeAll(async () => {
  server = await startTestServer({ given: null });
  await onServer(server.adminUrl, "alter system set autovacuum = off");
  await onServer(server.adminUrl, "select pg_reload_conf()");
  await closeDb();
  overrideEnv({ DATABASE_URL: databaseUrlOf(server.adminUrl, server.template) });
});
afterAll(async () => {
  await closeDb();
  await server.stop();
});

beforeEach(() => setNow("2026-11-20T12:00:00Z"));
afterEach(() => vi.useRealTimers());

/** Whether content counts as another one after `work`. */
const changesBy = async (work: () => Promise<unknown>): Promise<boolean> => {
  const version = freshContentVersions();
  // Null where a reading takes longer than a second, as it may on a machine with much to do.
  const told = () => waitFor({ what: "a reading", until: version });
  const before = await told();
  await work();
  return (await told()) !== before;
};

const publicVideo = () => makeVideo({ visibility: "public", status: "ready", durationMs: 600_000 });

test("a video that is made changes it", async () => {
  expect(await changesBy(publicVideo)).toBe(true);
});

test("a worker's signs of life change nothing, and forget old marks", async () => {
  const client = dedicatedClient({ name: "beats" });
  const worker = { id: newId(), lockKey: 815n, poolIds: [], hostname: "here", pid: 1 };
  await insertWorker(db(), worker);
  await db()
    .insert(quietTransactions)
    .values({ xid: "1", markedAt: new Date(0) });
  expect(
    await changesBy(async () => {
      for (const _ of [1, 2, 3]) expect(await beat(client, worker.id)).not.toBeNull();
    }),
  ).toBe(false);
  const marks = await db().select().from(quietTransactions);
  expect(marks.map(({ xid }) => xid)).not.toContain("1");
  await client.end();
});

test("how far somebody watched changes nothing", async () => {
  const [{ id: videoId }, person] = [await publicVideo(), await makePerson()];
  const keep = () => keepWatchProgress({ viewer: person.account, videoId, change: { positionMs: 5000, agoMs: 0 } });
  expect(await changesBy(keep)).toBe(false);
});

test("bytes that were delivered change nothing", async () => {
  const [{ id: videoId }, { account }] = [await publicVideo(), await makePerson()];
  countDelivered({ videoId, ownerId: account.id, bytes: 100, begins: true });
  expect(await changesBy(flushDelivered)).toBe(false);
});

test("players' reports change nothing until one counts as a view", async () => {
  const { id: videoId } = await publicVideo();
  const token = (await tokenOf({ videoId, address: "198.51.100.1" })) ?? "";
  expect(await changesBy(() => watchFor({ videoId, token, seconds: 10 }).then(flushViews))).toBe(false);
  expect(await viewsOf(videoId)).toBe(0);
  const other = (await tokenOf({ videoId, address: "198.51.100.2" })) ?? "";
  expect(await changesBy(() => watchFor({ videoId, token: other, seconds: 45 }).then(flushViews))).toBe(true);
  expect(await viewsOf(videoId)).toBe(1);
});

test("marks that were restored with the database hide nothing, and stop no quiet transaction", async () => {
  const [row] = await db().execute(sql`select pg_snapshot_xmax(pg_current_snapshot())::text::bigint::int as next`);
  const next = Number(row?.next);
  const old = Array.from({ length: 50 }, (_, at) => ({ xid: String(next + at), markedAt: new Date(0) }));
  await db().insert(quietTransactions).values(old);
  expect(await changesBy(publicVideo)).toBe(true);
  expect(await changesBy(() => transaction(markQuiet))).toBe(false);
});

test("a quiet transaction that is rolled back, and one beside a change, hide nothing", async () => {
  const fail = transaction(async (tx) => {
    await markQuiet(tx);
    throw new Error("no");
  });
  await expect(fail).rejects.toThrow("no");
  expect(await changesBy(() => Promise.all([transaction(markQuiet), publicVideo()]))).toBe(true);
});

test("an answer that strangers share is kept through quiet transactions, and no others", async () => {
  const { id } = await publicVideo();
  const setTitle = (title: string, quiet: boolean) =>
    transaction(async (tx) => {
      await tx.update(videos).set({ title }).where(eq(videos.id, id));
      // A lie here, so that the answer shows whether it was kept.
      if (quiet) await markQuiet(tx);
    });
  const told = async () => {
    const answer = await getVideo(makeRequest({ path: `/api/v1/videos/${id}` }), withParams({ videoId: id }));
    return ((await answer.json()) as { title: string }).title;
  };
  await setTitle("First", false);
  for (const _ of [1, 2, 3]) expect(await told()).toBe("First");
  await setTitle("Quiet", true);
  expect(await told()).toBe("First");
  await setTitle("Loud", false);
  expect(await told()).toBe("Loud");
});
