import { request as httpRequest } from "node:http";
import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { closeDb, db, dedicatedClient } from "#lib/db/client.ts";
import { deliveredBytes, deliveryMonths, users } from "#lib/db/schema/index.ts";
import { overrideEnv } from "#lib/env.ts";
import { newId } from "#lib/ids.ts";
import { objectStore } from "#lib/storage/index.ts";
import { flushDelivered } from "#lib/usage/delivery-meter.ts";
import { makeBearer } from "#tests/factories/bearer.ts";
import { makeChannel, makeVideo } from "#tests/factories/rows.ts";
import { testDatabase } from "#tests/setup/database.ts";
import { serveRoutes } from "#tests/setup/serve-routes.ts";
import { waitFor } from "#tests/setup/wait-for.ts";
import * as mediaRoute from "../../../app/media/[...key]/route.ts";

const database = testDatabase();

let site: Awaited<ReturnType<typeof serveRoutes>>;
beforeAll(async () => {
  site = await serveRoutes([{ path: /^\/media\/(?<key>.+)$/, module: mediaRoute }]);
});
afterAll(() => site.stop());
afterEach(async () => {
  vi.useRealTimers();
  // The next test counts on the real day.
  await flushDelivered();
});

const largeBytes = 8 * 1024 * 1024;

/** A public video with a small picture and a large segment, and its owner. */
const published = async () => {
  const owner = await makeBearer();
  const { id: channelId } = await makeChannel({ ownerId: owner.account.id });
  const video = await makeVideo({ channelId, creatorId: owner.account.id, visibility: "public", status: "ready" });
  const prefix = `runs/${video.id}/${newId()}/`;
  await objectStore().put({ key: `${prefix}small.jpg`, body: Buffer.alloc(5000, 1) });
  await objectStore().put({ key: `${prefix}large.m4s`, body: Buffer.alloc(largeBytes, 1) });
  return { owner, videoId: video.id, url: `${site.url}/media/${prefix}` };
};

const rowsOf = async (videoId: string) => {
  await flushDelivered();
  return db().select().from(deliveredBytes).where(eq(deliveredBytes.videoId, videoId));
};
const bytesOf = async (videoId: string) => (await rowsOf(videoId)).reduce((sum, { bytes }) => sum + bytes, 0);

const take = async (url: string, headers: Record<string, string> = {}) => {
  const response = await fetch(url, { headers });
  return { status: response.status, headers: response.headers, body: await response.arrayBuffer() };
};

describe("delivered bytes", () => {
  it("are counted as they are sent: whole, in parts, for the owner too, and not when nothing is sent", async () => {
    const { videoId, owner, url } = await published();
    const first = await take(`${url}small.jpg`);
    expect(first.body.byteLength).toBe(5000);
    await take(`${url}small.jpg`, { Range: "bytes=100-199" });
    await take(`${url}large.m4s`, { Range: "bytes=0-99999" });
    expect(await bytesOf(videoId)).toBe(5000 + 100 + 100_000);
    const etag = first.headers.get("etag") ?? "";
    expect((await take(`${url}small.jpg`, { "If-None-Match": etag })).status).toBe(304);
    expect((await fetch(`${url}small.jpg`, { method: "HEAD" })).status).toBe(200);
    expect((await take(`${url}small.jpg`, { Range: "bytes=9000-" })).status).toBe(416);
    const [row] = await rowsOf(videoId);
    expect(row).toMatchObject({ bytes: 105_100, requests: 3, userId: owner.account.id });
    const months = await db().select().from(deliveryMonths).where(eq(deliveryMonths.userId, owner.account.id));
    expect(months).toMatchObject([{ bytes: 105_100 }]);
  });

  it("of an answer that was broken off are what was sent of it", async () => {
    const { videoId, url } = await published();
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const asked = httpRequest(`${url}large.m4s`, (response) => {
      response.once("data", () => {
        response.destroy();
        resolve();
      });
    });
    asked.on("error", reject).end();
    await promise;
    const sent = await waitFor({ what: "counted bytes", until: async () => (await bytesOf(videoId)) || null });
    expect(sent).toBeGreaterThan(0);
    expect(sent).toBeLessThan(largeBytes);
  });

  it("wait while the database is away, and are written once afterwards", async () => {
    const { videoId, url } = await published();
    await take(`${url}small.jpg`);
    await closeDb();
    overrideEnv({ DATABASE_URL: "postgres://nobody@127.0.0.1:1/none" });
    await flushDelivered();
    await closeDb();
    overrideEnv({ DATABASE_URL: database.url });
    expect(await bytesOf(videoId)).toBe(5000);
    expect(await bytesOf(videoId)).toBe(5000);
  });

  it("are written once also when a slow database has several flushes wait for each other", async () => {
    const { videoId, url } = await published();
    const blocker = dedicatedClient({ name: "blocks-deliveries" });
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    const { promise: locked, resolve: hasLocked } = Promise.withResolvers<void>();
    const blocking = blocker.begin(async (sql) => {
      await sql`lock table delivered_bytes in exclusive mode`;
      hasLocked();
      await released;
    });
    await locked;
    await take(`${url}small.jpg`);
    const flushes = [flushDelivered()];
    await take(`${url}small.jpg`);
    flushes.push(flushDelivered(), flushDelivered());
    release();
    await Promise.all([blocking, ...flushes]);
    await blocker.end();
    expect(await bytesOf(videoId)).toBe(10_000);
  });

  it("belong to the day on which they were sent", async () => {
    const { videoId, url } = await published();
    vi.useFakeTimers({ toFake: ["Date"], now: new Date("2026-11-30T23:59:59.500Z") });
    await rowsOf(videoId);
    await take(`${url}small.jpg`);
    vi.setSystemTime(new Date("2026-12-01T00:00:00.500Z"));
    await take(`${url}small.jpg`, { Range: "bytes=0-9" });
    const rows = await rowsOf(videoId);
    expect(rows.map(({ day, bytes }) => [day, bytes]).sort()).toEqual([
      ["2026-11-30", 5000],
      ["2026-12-01", 10],
    ]);
  });
});

describe("a month's delivery that is used up", () => {
  it("stops strangers, not the owner and admins, and goes on when the limit is raised", async () => {
    const { videoId, owner, url } = await published();
    const admin = await makeBearer({ role: "admin" });
    const setLimit = (monthlyDeliveryBytes: number | null) =>
      db().update(users).set({ monthlyDeliveryBytes }).where(eq(users.id, owner.account.id));
    await setLimit(6000);
    expect((await take(`${url}small.jpg`)).status).toBe(200);
    await flushDelivered();
    expect((await take(`${url}small.jpg`)).status).toBe(200);
    expect(await bytesOf(videoId)).toBe(10_000);
    const refused = await fetch(`${url}small.jpg`);
    expect([refused.status, await refused.json()]).toMatchObject([403, { error: { code: "delivery_limit_reached" } }]);
    expect((await take(`${url}small.jpg`, owner.headers)).status).toBe(200);
    expect((await take(`${url}small.jpg`, admin.headers)).status).toBe(200);
    await setLimit(1_000_000);
    await flushDelivered();
    expect((await take(`${url}small.jpg`)).status).toBe(200);
  });
});
