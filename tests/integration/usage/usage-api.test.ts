import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { db, transaction } from "#lib/db/client.ts";
import { addDelivered } from "#lib/db/queries/usage/delivered.ts";
import { insertAssets } from "#lib/db/queries/videos/assets.ts";
import { auditLog } from "#lib/db/schema/index.ts";
import { overrideEnv } from "#lib/env.ts";
import { forgetInstanceSettings } from "#lib/settings/instance-settings.ts";
import type { UsageDto } from "#lib/usage/dto.ts";
import { utcDay, utcMonth } from "#lib/usage/utc-day.ts";
import { makeBearer } from "#tests/factories/bearer.ts";
import { makeVideo } from "#tests/factories/rows.ts";
import { testDatabase } from "#tests/setup/database.ts";
import { serveRoutes } from "#tests/setup/serve-routes.ts";
import * as settingsRoute from "../../../app/api/v1/admin/settings/route.ts";
import * as limitsRoute from "../../../app/api/v1/admin/users/[userId]/limits/route.ts";
import * as usageOfRoute from "../../../app/api/v1/admin/users/[userId]/usage/route.ts";
import * as signUpRoute from "../../../app/api/v1/auth/signup/route.ts";
import * as usageRoute from "../../../app/api/v1/me/usage/route.ts";

testDatabase({ DEFAULT_STORAGE_QUOTA_BYTES: "5000", DEFAULT_MONTHLY_DELIVERY_BYTES: "900" });

let site: Awaited<ReturnType<typeof serveRoutes>>;
let admin: Awaited<ReturnType<typeof makeBearer>>;
let owner: Awaited<ReturnType<typeof makeBearer>>;
beforeAll(async () => {
  site = await serveRoutes([
    { path: /^\/api\/v1\/me\/usage$/, module: usageRoute },
    { path: /^\/api\/v1\/auth\/signup$/, module: signUpRoute },
    { path: /^\/api\/v1\/admin\/settings$/, module: settingsRoute },
    { path: /^\/api\/v1\/admin\/users\/(?<userId>[^/]+)\/limits$/, module: limitsRoute },
    { path: /^\/api\/v1\/admin\/users\/(?<userId>[^/]+)\/usage$/, module: usageOfRoute },
  ]);
  admin = await makeBearer({ role: "admin" });
  owner = await makeBearer();
});
afterAll(() => site.stop());

type Caller = { headers: Record<string, string> };
const call = async (input: { as?: Caller; method?: string; path: string; body?: unknown }) => {
  const { as, method = "GET", path, body } = input;
  const response = await fetch(new URL(`/api/v1${path}`, site.url), {
    method,
    headers: { ...as?.headers, ...(body === undefined ? {} : { "Content-Type": "application/json" }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: await response.json() };
};

describe("GET /me/usage", () => {
  it("tells of stored bytes by kind and video, uploads and delivery by day", async () => {
    const video = await makeVideo({ channelId: owner.channel.id, creatorId: owner.account.id, title: "Карпати" });
    const contentType = "application/octet-stream";
    await transaction(async (tx) => {
      await insertAssets(tx, [
        { videoId: video.id, kind: "original", key: `originals/${video.id}/u`, sizeBytes: 700, contentType },
        { videoId: video.id, kind: "rendition", key: `runs/${video.id}/r/360p/`, sizeBytes: 200, contentType },
        { videoId: video.id, kind: "audio", key: `runs/${video.id}/r/audio/`, sizeBytes: 100, contentType },
        { channelId: owner.channel.id, kind: "watermark", key: "watermarks/w/i.png", sizeBytes: 30, contentType },
        { userId: owner.account.id, kind: "avatar", key: "avatars/a.jpg", sizeBytes: 5, contentType },
      ]);
      const now = new Date();
      const rows = [{ videoId: video.id, userId: owner.account.id, bytes: 950, requests: 4 }];
      await addDelivered(tx, { day: utcDay(now), month: utcMonth(now), rows });
    });
    const { status, body } = await call({ as: owner, path: "/me/usage?days=90" });
    expect(status).toBe(200);
    const usage = body as UsageDto;
    expect(usage.stored).toEqual({
      ...{ bytes: 1035, reservedBytes: 0, quotaBytes: 5000 },
      byKind: [
        { kind: "originals", bytes: 700 },
        { kind: "streams", bytes: 300 },
        { kind: "marks", bytes: 30 },
        { kind: "pictures", bytes: 5 },
      ],
      byVideo: [{ videoId: video.id, title: "Карпати", bytes: 1000, deleted: false }],
    });
    expect(usage.delivery).toMatchObject({ monthBytes: 950, monthlyLimitBytes: 900, over: true });
    expect(usage.delivery.days).toHaveLength(90);
    expect(usage.delivery.days.at(-1)).toEqual({ day: utcDay(new Date()), bytes: 950, requests: 4 });
    expect(usage.delivery.days.at(0)).toMatchObject({ bytes: 0, requests: 0 });
    const path = `/admin/users/${owner.account.id}/usage`;
    expect((await call({ as: admin, path })).body.stored).toEqual(usage.stored);
    expect((await call({ as: owner, path })).status).toBe(403);
  });
});

describe("limits", () => {
  it("are set for one account, with an audit row, and go back to the instance's", async () => {
    const path = `/admin/users/${owner.account.id}/limits`;
    const set = await call({ as: admin, method: "PATCH", path, body: { storageQuotaBytes: 123 } });
    expect(set.body).toEqual({
      own: { storageQuotaBytes: 123, dailyUploadBytes: null, monthlyDeliveryBytes: null },
      effective: { storageQuotaBytes: 123, dailyUploadBytes: null, monthlyDeliveryBytes: 900 },
    });
    const told = await db().select().from(auditLog).where(eq(auditLog.action, "account.limits")).orderBy(auditLog.id);
    expect(told).toMatchObject([{ actorId: admin.account.id, targetId: owner.account.id }]);
    const back = await call({ as: admin, method: "PATCH", path, body: { storageQuotaBytes: null } });
    expect(back.body.effective.storageQuotaBytes).toBe(5000);
    expect((await call({ as: admin, method: "PATCH", path, body: { storageQuotaBytes: -1 } })).status).toBe(400);
    expect((await call({ as: admin, method: "PATCH", path, body: { quota: 1 } })).status).toBe(400);
  });
});

describe("settings", () => {
  it("change sign-up at once, and follow the environment again when reset", async () => {
    const edit = (body: unknown) => call({ as: admin, method: "PATCH", path: "/admin/settings", body });
    const signUp = (username: string) =>
      call({
        method: "POST",
        path: "/auth/signup",
        body: { email: `${username}@example.org`, username, password: "correct horse battery" },
      });
    expect((await edit({ signUpMode: "closed" })).body).toMatchObject({
      values: { signUpMode: "closed" },
      defaults: { signUpMode: "open" },
      changed: ["signUpMode"],
    });
    expect((await signUp("someone")).status).toBe(403);
    expect((await edit({ reset: ["signUpMode"], signUpRole: "viewer" })).body).toMatchObject({
      values: { signUpMode: "open", signUpRole: "viewer" },
      changed: ["signUpRole"],
    });
    const made = await signUp("someone");
    expect([made.status, made.body.role]).toEqual([201, "viewer"]);
    expect((await edit({ reset: ["signUpRole"], signUpRole: "viewer" })).status).toBe(400);
    expect((await edit({ signUpMode: "ajar" })).status).toBe(400);
    overrideEnv({ DEFAULT_STORAGE_QUOTA_BYTES: "6000" });
    forgetInstanceSettings();
    expect((await call({ as: admin, path: "/admin/settings" })).body.values.storageQuotaBytes).toBe(6000);
    const told = await db().select().from(auditLog).where(eq(auditLog.action, "settings.edit")).orderBy(auditLog.id);
    expect(told).toHaveLength(2);
    expect(told[0]).toMatchObject({ before: { signUpMode: "open" }, after: { signUpMode: "closed" } });
  });
});
