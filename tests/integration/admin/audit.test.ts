import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { db } from "#lib/db/client.ts";
import { recordAudit } from "#lib/db/queries/instance/audit.ts";
import { auditLog } from "#lib/db/schema/index.ts";
import { overrideEnv } from "#lib/env.ts";
import { newId } from "#lib/ids.ts";
import { makeBearer } from "#tests/factories/bearer.ts";
import { makeRequest, withParams } from "#tests/factories/requests.ts";
import { makeRun, makeUser, makeVideo } from "#tests/factories/rows.ts";
import { testDatabase } from "#tests/setup/database.ts";
import * as limitsRoute from "../../../app/api/v1/admin/users/[userId]/limits/route.ts";
import { type AdminSite, type Caller, callOf, serveAdmin } from "./call.ts";

testDatabase();

let site: AdminSite;
let admin: Caller;
const call = callOf(() => site);

beforeAll(async () => {
  site = await serveAdmin();
  admin = await makeBearer({ role: "admin" });
});
afterAll(() => site.stop());

const readAudit = async (query: Record<string, string>) =>
  (await call({ as: admin, path: `/admin/audit?${new URLSearchParams(query)}` })).body;

describe("the database", () => {
  test.each([
    ["update", sql`update audit_log set action = 'nothing'`],
    ["delete", sql`delete from audit_log`],
    ["truncate", sql`truncate audit_log`],
  ])("refuses to %s what was written", async (_name, statement) => {
    await recordAudit(db(), { actorId: null, action: "test.row", targetType: "test", targetId: "one" });
    const count = await db().$count(auditLog);
    await expect(db().execute(statement)).rejects.toMatchObject({
      cause: { message: expect.stringContaining("append-only") },
    });
    expect(await db().$count(auditLog)).toBe(count);
  });
});

test("a row says from where a request came through trusted proxies, under which id, and what was before and after", async () => {
  overrideEnv({ TRUSTED_PROXIES: "10.0.0.1" });
  const userId = (await makeUser()).id;
  const answer = await limitsRoute.PATCH(
    makeRequest({
      ...{ method: "PATCH", address: "10.0.0.1", body: { storageQuotaBytes: 5 } },
      headers: { ...admin.headers, "x-forwarded-for": "6.6.6.6, 203.0.113.7", "x-request-id": "audit-test-request" },
    }),
    withParams({ userId }),
  );
  expect(answer.status).toBe(200);
  const [row] = await db().select().from(auditLog).where(eq(auditLog.targetId, userId)).orderBy(auditLog.id);
  expect(row).toMatchObject({
    ...{ actorId: admin.account.id, action: "account.limits", address: "203.0.113.7" },
    requestId: answer.headers.get("x-request-id"),
    before: { storageQuotaBytes: null },
    after: { storageQuotaBytes: 5 },
    details: {},
  });
});

describe("GET /admin/audit", () => {
  test("finds by actor, action or its beginning, target, address, time and text", async () => {
    const actor = await makeUser({ username: "oksana" });
    const target = { targetType: "kettle", targetId: newId() };
    await recordAudit(db(), { actorId: actor.id, action: "kettle.fill", ...target, address: "203.0.113.9" });
    await recordAudit(db(), { actorId: actor.id, action: "kettle.boil", ...target, after: { degrees: "100%" } });
    await recordAudit(db(), { actorId: null, action: "kettle_x", targetType: "pan", targetId: "p" });
    const actions = async (query: Record<string, string>) =>
      (await readAudit(query)).items.map(({ action }: { action: string }) => action);
    expect(await actions({ actor: actor.id })).toEqual(["kettle.boil", "kettle.fill"]);
    expect(await actions({ action: "kettle." })).toEqual(["kettle.boil", "kettle.fill"]);
    expect(await actions({ action: "kettle_" })).toEqual(["kettle_x"]);
    expect(await actions({ targetType: "kettle", targetId: target.targetId })).toHaveLength(2);
    expect(await actions({ address: "203.0.113.9" })).toEqual(["kettle.fill"]);
    expect(await actions({ q: "100%" })).toEqual(["kettle.boil"]);
    expect(await actions({ q: "OKSANA" })).toHaveLength(2);
    const later = new Date(Date.now() + 60_000).toISOString();
    expect(await actions({ action: "kettle", from: later })).toEqual([]);
    expect(await actions({ action: "kettle", to: later })).toHaveLength(3);
    const [first] = (await readAudit({ actor: actor.id, limit: "1" })).items;
    expect(first).toMatchObject({ actor: { id: actor.id, username: "oksana" }, after: { degrees: "100%" } });
    const { nextCursor } = await readAudit({ actor: actor.id, limit: "1" });
    expect((await readAudit({ actor: actor.id, limit: "1", cursor: nextCursor })).items).toMatchObject([
      { action: "kettle.fill" },
    ]);
  });

  test("takes moments that no calendar of the database has", async () => {
    const long = { from: "0000-01-01T00:00:00Z", to: "9999-12-31T23:59:59-14:00" };
    expect((await readAudit({ ...long, limit: "1" })).items).toHaveLength(1);
    expect((await readAudit({ from: long.to })).items).toEqual([]);
  });

  test.each<Record<string, string>>([
    { actor: "nobody" },
    { from: "yesterday" },
    { cursor: "x" },
    { limit: "1000" },
    { colour: "red" },
  ])("refuses %j", async (query) => {
    expect((await readAudit(query)).error.code).toBe("invalid_input");
  });
});

/** Everything an admin can do through the API, and the row that it leaves. */
const deeds: {
  action: string;
  does: () => Promise<{ method: string; path: string; body?: unknown; target: string }>;
}[] = [
  {
    action: "account.suspend",
    does: async () => {
      const { id } = await makeUser();
      const body = { status: "suspended", reason: "Spam" };
      return { method: "PATCH", path: `/admin/users/${id}`, body, target: id };
    },
  },
  {
    action: "account.restore",
    does: async () => {
      const { id } = await makeUser({ status: "suspended" });
      return { method: "PATCH", path: `/admin/users/${id}`, body: { status: "active" }, target: id };
    },
  },
  {
    action: "account.approve",
    does: async () => {
      const { id } = await makeUser({ status: "pending" });
      return { method: "PATCH", path: `/admin/users/${id}`, body: { status: "active" }, target: id };
    },
  },
  {
    action: "account.role",
    does: async () => {
      const { id } = await makeUser();
      return { method: "PATCH", path: `/admin/users/${id}`, body: { role: "viewer" }, target: id };
    },
  },
  {
    action: "account.limits",
    does: async () => {
      const { id } = await makeUser();
      return { method: "PATCH", path: `/admin/users/${id}/limits`, body: { dailyUploadBytes: 9 }, target: id };
    },
  },
  {
    action: "account.end_sessions",
    does: async () => {
      const { id } = await makeUser();
      return { method: "DELETE", path: `/admin/users/${id}/sessions`, target: id };
    },
  },
  {
    action: "video.take_down",
    does: async () => {
      const { id } = await makeVideo();
      return { method: "POST", path: `/admin/videos/${id}/takedown`, body: { reason: "Spam" }, target: id };
    },
  },
  {
    action: "video.put_back",
    does: async () => {
      const { id } = await makeVideo({ takenDownAt: new Date(), takedownReason: "Spam" });
      return { method: "POST", path: `/admin/videos/${id}/restore`, target: id };
    },
  },
  {
    action: "video.reprocess",
    does: async () => {
      const failed = { status: "failed" as const, failureCode: "internal" };
      const { id } = await makeVideo({ ...failed, originalKey: `originals/${newId()}/${newId()}` });
      await makeRun({ videoId: id, state: "failed", failureCode: "internal" });
      return { method: "POST", path: `/admin/jobs/${id}/retry`, target: id };
    },
  },
  {
    action: "video.cancel",
    does: async () => {
      const { id } = await makeVideo({ status: "processing" });
      await makeRun({ videoId: id });
      return { method: "POST", path: `/admin/jobs/${id}/cancel`, target: id };
    },
  },
  {
    action: "settings.edit",
    does: async () => ({
      ...{ method: "PATCH", path: "/admin/settings", body: { signUpMode: "approval" }, target: "instance" },
    }),
  },
];

test.each(deeds)("leaves a row of $action", async ({ action, does }) => {
  const { target, ...request } = await does();
  const answer = await call({ as: admin, ...request });
  expect(answer.status).toBeLessThan(300);
  const { items } = await readAudit({ targetId: target, action });
  expect(items).toMatchObject([{ action, actor: { id: admin.account.id } }]);
  expect(items[0].requestId).toBe(answer.headers.get("x-request-id"));
});
