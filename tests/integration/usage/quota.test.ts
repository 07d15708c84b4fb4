import { randomBytes } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { db } from "#lib/db/client.ts";
import { outbox, uploads, usageCounters, users } from "#lib/db/schema/index.ts";
import { forgetInstanceSettings } from "#lib/settings/instance-settings.ts";
import { expireUploads } from "#lib/uploads/expire-uploads.ts";
import { uploadEndpoint } from "#lib/uploads/upload-endpoint.ts";
import { tellQuotaMarks } from "#lib/usage/tell-quota-marks.ts";
import { makeBearer } from "#tests/factories/bearer.ts";
import { metadata } from "#tests/factories/upload-words.ts";
import { testDatabase } from "#tests/setup/database.ts";
import { expectLedgerIsDisk } from "#tests/setup/ledger.ts";
import { serveRoutes } from "#tests/setup/serve-routes.ts";
import * as uploadRoute from "../../../app/api/v1/uploads/[uploadId]/route.ts";
import * as uploadsRoute from "../../../app/api/v1/uploads/route.ts";
import * as fileRoute from "../../../app/api/v1/videos/[videoId]/file/route.ts";

testDatabase();

let site: Awaited<ReturnType<typeof serveRoutes>>;
let owner: Awaited<ReturnType<typeof makeBearer>>;
beforeAll(async () => {
  site = await serveRoutes([
    { path: /^\/api\/v1\/uploads$/, module: uploadsRoute },
    { path: /^\/api\/v1\/uploads\/(?<uploadId>[^/]+)$/, module: uploadRoute },
    { path: /^\/api\/v1\/videos\/(?<videoId>[^/]+)\/file$/, module: fileRoute },
  ]);
});
beforeEach(async () => {
  owner = await makeBearer();
});
afterAll(async () => {
  await site.stop();
  await uploadEndpoint().close();
});

/** The marks of which the owner was told so far. */
const toldMarks = async () => {
  await tellQuotaMarks();
  const rows = await db().select().from(outbox).where(eq(outbox.userId, owner.account.id)).orderBy(outbox.id);
  return rows.filter(({ type }) => type === "quota.near").map(({ data }) => data.percent);
};

const limit = (values: Partial<typeof users.$inferInsert>) =>
  db().update(users).set(values).where(eq(users.id, owner.account.id));
const call = (method: string, path: string, headers: Record<string, string> = {}, body?: Uint8Array<ArrayBuffer>) =>
  fetch(new URL(path, site.url), {
    method,
    headers: { "Tus-Resumable": "1.0.0", ...owner.headers, ...headers },
    ...(body === undefined ? {} : { body }),
  });
const create = (sizeBytes: number) =>
  call("POST", "/api/v1/uploads", {
    "Upload-Length": String(sizeBytes),
    "Upload-Metadata": metadata({ filename: "a.mp4" }),
  });
const send = (location: string, size: number) =>
  call(
    "PATCH",
    location,
    { "Upload-Offset": "0", "Content-Type": "application/offset+octet-stream" },
    new Uint8Array(randomBytes(size)),
  );
const counters = async () =>
  (await db().select().from(usageCounters).where(eq(usageCounters.userId, owner.account.id)))[0];
const errorOf = async (response: Response | undefined): Promise<{ code: string; hint: string }> => {
  if (response === undefined) throw new Error("there is no such answer");
  return ((await response.json()) as { error: { code: string; hint: string } }).error;
};
const locationOf = (response: Response) => response.headers.get("location") ?? "";

describe("a storage quota", () => {
  it("lets exactly 7 of 20 uploads at the same time in when 7 fit, and the ledger is the disk before and after", async () => {
    await limit({ storageQuotaBytes: 7 * 1000 + 999 });
    const answers = await Promise.all(Array.from({ length: 20 }, () => create(1000)));
    const accepted = answers.filter(({ status }) => status === 201);
    const refused = answers.filter(({ status }) => status === 413);
    expect([accepted.length, refused.length]).toEqual([7, 13]);
    const error = await errorOf(refused[0]);
    expect(error).toMatchObject({ code: "quota_exceeded" });
    expect(error.hint).toContain("999 of 7999 bytes are free");
    expect(await counters()).toMatchObject({ storedBytes: 0, reservedBytes: 7000 });
    // Nothing of the refused ones is there.
    expect(await db().$count(uploads, eq(uploads.ownerId, owner.account.id))).toBe(7);
    await expectLedgerIsDisk();

    const [first, second, third] = accepted.map(locationOf);
    expect((await send(first ?? "", 1000)).status).toBe(204);
    expect(await counters()).toMatchObject({ storedBytes: 1000, reservedBytes: 6000 });
    expect((await create(1000)).status).toBe(413);
    expect((await call("DELETE", second ?? "")).status).toBe(204);
    expect(await counters()).toMatchObject({ storedBytes: 1000, reservedBytes: 5000 });
    const again = await create(1000);
    expect(again.status).toBe(201);
    await db()
      .update(uploads)
      .set({ expiresAt: sql`now() - interval '1 minute'` })
      .where(eq(uploads.id, third?.split("/").at(-1) ?? ""));
    await expireUploads({ signal: new AbortController().signal });
    expect(await counters()).toMatchObject({ storedBytes: 1000, reservedBytes: 5000 });
    await expectLedgerIsDisk();
  });

  it("counts a replacing file beside the one it replaces", async () => {
    await limit({ storageQuotaBytes: 2500 });
    const created = await create(1000);
    const videoId = created.headers.get("kinora-video-id") ?? "";
    await send(locationOf(created), 1000);
    const replace = (sizeBytes: number) =>
      fetch(new URL(`/api/v1/videos/${videoId}/file`, site.url), {
        method: "PUT",
        headers: { ...owner.headers, "Content-Type": "application/json" },
        body: JSON.stringify({ filename: "b.mp4", sizeBytes }),
      });
    expect((await replace(1501)).status).toBe(413);
    expect((await replace(1500)).status).toBe(201);
    expect(await counters()).toMatchObject({ storedBytes: 1000, reservedBytes: 1500 });
    await expectLedgerIsDisk();
  });

  it("follows the instance's setting where the account has none of its own, without a restart", async () => {
    await db().execute(sql`insert into settings (key, value) values ('instance.storageQuotaBytes', '500')`);
    forgetInstanceSettings();
    expect((await create(501)).status).toBe(413);
    expect((await create(500)).status).toBe(201);
    await db().execute(sql`delete from settings`);
    forgetInstanceSettings();
    expect((await create(501)).status).toBe(201);
  });

  it("tells once for each time that 80 and 95 percent are reached", async () => {
    await limit({ storageQuotaBytes: 1000 });
    await create(790);
    expect(await toldMarks()).toEqual([]);
    const eighty = await create(10);
    expect(await toldMarks()).toEqual([80]);
    const full = await create(200);
    expect(await toldMarks()).toEqual([80, 95]);
    expect(await toldMarks()).toEqual([80, 95]);
    await call("DELETE", locationOf(full));
    expect(await toldMarks()).toEqual([80, 95]);
    await call("DELETE", locationOf(eighty));
    expect(await toldMarks()).toEqual([80, 95]);
    await create(50);
    expect(await toldMarks()).toEqual([80, 95, 80]);
  });

  it("tells also who has not stored anything for long when the instance's quota falls", async () => {
    await create(900);
    const longAgo = sql`now() - interval '30 days'`;
    await db().update(usageCounters).set({ updatedAt: longAgo }).where(eq(usageCounters.userId, owner.account.id));
    await db().update(users).set({ updatedAt: longAgo }).where(eq(users.id, owner.account.id));
    expect(await toldMarks()).toEqual([]);
    await db().execute(sql`insert into settings (key, value) values ('instance.storageQuotaBytes', '1000')`);
    forgetInstanceSettings();
    expect(await toldMarks()).toEqual([80]);
    await db().execute(sql`delete from settings`);
    forgetInstanceSettings();
  });
});

describe("a daily upload limit", () => {
  it("counts what was begun, also what was aborted", async () => {
    await limit({ dailyUploadBytes: 1500 });
    const one = await create(1000);
    expect(one.status).toBe(201);
    await call("DELETE", locationOf(one));
    const refused = await create(501);
    expect(refused.status).toBe(413);
    expect((await errorOf(refused)).hint).toContain("500 of today's 1500 bytes are left");
    expect((await create(500)).status).toBe(201);
    expect(await counters()).toMatchObject({ reservedBytes: 500 });
    const day = new Date().toISOString().slice(0, 10);
    const rows = await db().execute<{ bytes: string }>(
      sql`select bytes from daily_uploads where user_id = ${owner.account.id} and day = ${day}`,
    );
    expect(Number(rows[0]?.bytes)).toBe(1500);
  });
});
