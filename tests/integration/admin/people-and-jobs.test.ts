import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { db, transaction } from "#lib/db/client.ts";
import { addDelivered } from "#lib/db/queries/usage/delivered.ts";
import { insertAssets } from "#lib/db/queries/videos/assets.ts";
import { insertAudioExport } from "#lib/db/queries/videos/audio-exports.ts";
import { audioExports, mails, runs, webhooks } from "#lib/db/schema/index.ts";
import { audioRequestSchema } from "#lib/exports/dto.ts";
import { newId } from "#lib/ids.ts";
import { enqueue } from "#lib/jobs/enqueue.ts";
import { utcDay, utcMonth } from "#lib/usage/utc-day.ts";
import { makeBearer } from "#tests/factories/bearer.ts";
import { makeChannel, makeRun, makeSession, makeUser, makeVideo } from "#tests/factories/rows.ts";
import { testDatabase } from "#tests/setup/database.ts";
import { type AdminSite, type Caller, callOf, serveAdmin } from "./call.ts";

testDatabase();

let site: AdminSite;
let admin: Caller;
const call = callOf(() => site);
const get = async (path: string) => (await call({ as: admin, path: `/admin/${path}` })).body;

beforeAll(async () => {
  site = await serveAdmin();
  admin = await makeBearer({ role: "admin", username: "the-admin" });
});
afterAll(() => site.stop());

const namesOf = (page: { items: { username: string }[] }) => page.items.map(({ username }) => username);

describe("GET /admin/users", () => {
  test("finds by names, e-mail, handle and id, filters, sorts, and pages without a gap", async () => {
    const olena = await makeUser({ username: "olena-k", displayName: "Олена Коваль", email: "ok@mail.example" });
    await makeChannel({ ownerId: olena.id, handle: "film-club" });
    await makeUser({ username: "petro", role: "viewer", status: "pending" });
    for (const q of ["коваль", "OLENA", "ok@mail", "film-cl", olena.id]) {
      expect(namesOf(await get(`users?q=${encodeURIComponent(q)}`))).toEqual(["olena-k"]);
    }
    expect(namesOf(await get("users?q=100%25"))).toEqual([]);
    expect(namesOf(await get("users?status=pending&role=viewer"))).toEqual(["petro"]);
    const contentType = "application/octet-stream";
    const asset = { kind: "avatar" as const, key: "avatars/x.jpg", sizeBytes: 700, contentType, userId: olena.id };
    await transaction((tx) => insertAssets(tx, [asset]));
    for (const sort of ["newest", "oldest", "stored"]) {
      const whole = namesOf(await get(`users?sort=${sort}&limit=100`));
      const paged: string[] = [];
      for (let cursor: string | null = ""; cursor !== null; ) {
        const page: { items: { username: string }[]; nextCursor: string | null } = await get(
          `users?sort=${sort}&limit=1${cursor === "" ? "" : `&cursor=${cursor}`}`,
        );
        paged.push(...namesOf(page));
        cursor = page.nextCursor;
      }
      expect(paged).toEqual(whole);
      expect(whole).toHaveLength(3);
      if (sort === "stored") expect(whole[0]).toBe("olena-k");
    }
    expect((await call({ as: admin, path: "/admin/users?cursor=bm9wZQ" })).status).toBe(400);
  });

  test("one account tells what is signed in for it, and ending that ends it at once", async () => {
    const person = await makeBearer();
    await makeSession({ userId: person.account.id });
    expect(await get(`users/${person.account.id}`)).toMatchObject({ sessions: 2, apiTokens: 0, secondFactor: false });
    expect((await call({ as: person, path: "/me" })).status).toBe(200);
    const path = `/admin/users/${person.account.id}/sessions`;
    expect((await call({ as: admin, method: "DELETE", path })).body).toEqual({ sessions: 2, apiTokens: 0 });
    expect((await call({ as: person, path: "/me" })).status).toBe(401);
    expect((await get(`users/${person.account.id}`)).sessions).toBe(0);
    expect((await call({ as: admin, path: `/admin/users/${newId()}` })).status).toBe(404);
  });
});

const failedVideo = async () => {
  const { id } = await makeVideo({
    ...{ title: "Broken", status: "failed", failureCode: "internal" },
    originalKey: `originals/${newId()}/${newId()}`,
  });
  await makeRun({ videoId: id, state: "failed", failureCode: "internal", failureDetail: "moov atom not found" });
  return id;
};

const jobNumber = async (): Promise<string> => {
  const [row] = await db().execute(sql`select max(id)::text as id from graphile_worker.jobs`);
  return z.object({ id: z.string() }).parse(row).id;
};
const jobsOf = async (query: string) => (await get(`jobs?${query}`)).items;
const post = (path: string) => call({ as: admin, method: "POST", path: `/admin/jobs/${path}` });

describe("jobs", () => {
  test("are listed page by page without a gap, and a cursor that is not ours is refused", async () => {
    const ids = [await failedVideo(), await failedVideo(), await failedVideo()].toReversed();
    const paged: string[] = [];
    for (let cursor: string | null = ""; cursor !== null; ) {
      const page: { items: { id: string }[]; nextCursor: string | null } = await get(
        `jobs?kind=processing&limit=1${cursor === "" ? "" : `&cursor=${cursor}`}`,
      );
      paged.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    }
    expect(paged).toEqual(ids);
    for (const at of ["yesterday", "2026-13-41", 1e300]) {
      const cursor = Buffer.from(JSON.stringify({ at, id: "1" })).toString("base64url");
      expect((await call({ as: admin, path: `/admin/jobs?cursor=${cursor}` })).status).toBe(400);
    }
    for (const id of ids) expect((await post(`${id}/retry`)).status).toBe(204);
    for (const id of ids) expect((await post(`${id}/cancel`)).status).toBe(204);
  });

  test("failed processing says why, and a retry starts it", async () => {
    const videoId = await failedVideo();
    const [job] = await jobsOf("state=failed&kind=processing");
    expect(job).toMatchObject({
      ...{ id: videoId, video: { title: "Broken" }, failureCode: "internal", failureDetail: "moov atom not found" },
      ...{ retryable: true, cancellable: false },
    });
    expect((await post(`${videoId}/retry`)).status).toBe(204);
    expect(await jobsOf("state=failed&kind=processing")).toEqual([]);
    expect(await jobsOf("kind=processing")).toMatchObject([{ id: videoId, state: "queued", cancellable: true }]);
    // The second of two clicks finds nothing to try again.
    expect((await post(`${videoId}/retry`)).status).toBe(409);
    expect((await post(`${videoId}/cancel`)).status).toBe(204);
    expect(await jobsOf("kind=processing")).toEqual([]);
    expect(await db().select({ state: runs.state }).from(runs).where(eq(runs.videoId, videoId))).toContainEqual({
      state: "cancelled",
    });
  });

  test("a job that is out of attempts gets them back, and one that waits is left alone", async () => {
    const { id: videoId } = await makeVideo({ title: "Old" });
    await enqueue(db(), "videos/sweep-files", { videoId });
    const id = await jobNumber();
    expect(await jobsOf("kind=videos/sweep-files")).toMatchObject([{ id, state: "queued", retryable: false }]);
    expect((await post(`${id}/retry`)).status).toBe(409);
    await db().execute(
      sql`update graphile_worker._private_jobs set attempts = max_attempts, last_error = 'boom' where id = ${id}::bigint`,
    );
    const [failed] = await jobsOf("state=failed&kind=videos/sweep-files");
    expect(failed).toMatchObject({ id, failureDetail: "boom", video: { title: "Old" }, retryable: true });
    expect((await post(`${id}/cancel`)).status).toBe(409);
    expect((await post(`${id}/retry`)).status).toBe(204);
    expect(await jobsOf("kind=videos/sweep-files")).toMatchObject([{ id, state: "queued", attempts: 0 }]);
  });

  test("a deletion in its grace time waits for its day, whoever would have it sooner", async () => {
    const { id: videoId } = await makeVideo({ deletedAt: new Date() });
    await enqueue(db(), "videos/purge", { videoId }, { runAt: new Date(Date.now() + 3_600_000) });
    const [job] = await jobsOf("state=scheduled&kind=videos/purge");
    expect(job).toMatchObject({ video: { id: videoId }, retryable: false, cancellable: false });
    expect((await post(`${job.id}/retry`)).status).toBe(409);
  });

  test("a failed sound file is made anew", async () => {
    const { id: videoId } = await makeVideo({ originalKey: `originals/${newId()}/${newId()}`, status: "ready" });
    const options = audioRequestSchema.parse({});
    const exportId = await transaction((tx) => insertAudioExport(tx, { videoId, requestedBy: null, options }));
    await db().update(audioExports).set({ state: "failed", failureCode: "internal" });
    expect((await jobsOf("kind=exports/audio"))[0]).toMatchObject({ id: exportId, state: "failed" });
    expect((await post(`${exportId}/retry`)).status).toBe(204);
    const rows = await db().select().from(audioExports).where(eq(audioExports.videoId, videoId));
    expect(rows).toMatchObject([{ state: "queued" }]);
    expect(rows[0]?.id).not.toBe(exportId);
  });

  test("no payload is told: it may hold an address that only its owner may read", async () => {
    const payload = { email: "secret@example.org", locale: "en" as const, address: "203.0.113.5" };
    await enqueue(db(), "accounts/write-reset-mail", payload);
    expect(JSON.stringify(await get("jobs?limit=100"))).not.toContain("secret@example.org");
  });
});

test("the overview counts what needs somebody", async () => {
  const before = await get("overview");
  const user = await makeUser({ status: "pending" });
  await failedVideo();
  const mail = { kind: "reset", locale: "en" as const, subject: "S", bodyText: "t", bodyHtml: "h" };
  await db()
    .insert(mails)
    .values([
      { id: newId(), toAddress: "a@example.org", state: "held", ...mail },
      { id: newId(), toAddress: "b@example.org", state: "failed", ...mail },
    ]);
  const hook = { url: "https://example.org", sealedSecret: "s", events: [], state: "disabled" as const };
  await db()
    .insert(webhooks)
    .values([
      { id: newId(), ownerId: user.id, ...hook, disabledReason: "failing" },
      { id: newId(), ownerId: user.id, ...hook },
    ]);
  const { needsAction, totals } = await get("overview");
  expect(needsAction).toMatchObject({
    failedJobs: before.needsAction.failedJobs + 1,
    accountsWaiting: before.needsAction.accountsWaiting + 1,
    ...{ mailsHeld: before.needsAction.mailsHeld + 1, mailsFailed: before.needsAction.mailsFailed + 1 },
    webhooksDisabled: before.needsAction.webhooksDisabled + 1,
    workersMissing: true,
  });
  expect(needsAction.diskFreeBytes).toBeGreaterThan(0);
  // Who waits, and who made the failed video.
  expect(totals.users).toBe(before.totals.users + 2);
});

test("usage tells of every day, and who stores and delivers most", async () => {
  const owner = await makeBearer();
  const video = await makeVideo({ channelId: owner.channel.id, creatorId: owner.account.id });
  const before = await get("usage");
  const contentType = "application/octet-stream";
  await transaction(async (tx) => {
    const original = { kind: "original" as const, key: `originals/${video.id}/u`, sizeBytes: 900, contentType };
    await insertAssets(tx, [{ videoId: video.id, ...original }]);
    const now = new Date();
    const rows = [{ videoId: video.id, userId: owner.account.id, bytes: 400, requests: 2 }];
    await addDelivered(tx, { day: utcDay(now), month: utcMonth(now), rows });
  });
  const usage = await get("usage?days=90&by=delivered");
  expect(usage.storedBytes).toBe(before.storedBytes + 900);
  expect(usage.days).toHaveLength(90);
  expect(usage.days.at(-1)).toMatchObject({
    day: utcDay(new Date()),
    storedBytes: usage.storedBytes,
    deliveredBytes: 400,
  });
  expect(usage.topUsers[0]).toMatchObject({ id: owner.account.id, storedBytes: 900, deliveredBytes: 400 });
});
