import { eq } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import type { MadeApiTokenDto } from "#lib/accounts/dto.ts";
import { db } from "#lib/db/client.ts";
import { apiTokens, auditLog, users, videos } from "#lib/db/schema/index.ts";
import { rawRoute, route } from "#lib/web/route.ts";
import { makePerson, type Person } from "#tests/factories/people.ts";
import { makeRequest, withParams } from "#tests/factories/requests.ts";
import { makeVideo } from "#tests/factories/rows.ts";
import { testDatabase } from "#tests/setup/database.ts";
import { GET as meRoute } from "../../../app/api/v1/me/route.ts";
import { DELETE as revokeRoute } from "../../../app/api/v1/me/tokens/[tokenId]/route.ts";
import { GET as listRoute, POST as makeRoute } from "../../../app/api/v1/me/tokens/route.ts";
import { PATCH as editVideo } from "../../../app/api/v1/videos/[videoId]/route.ts";
import { GET as videosRoute } from "../../../app/api/v1/videos/route.ts";

testDatabase();

let person: Person;
let admin: Person;

beforeAll(async () => {
  admin = await makePerson({ role: "admin" });
});
beforeEach(async () => {
  person = await makePerson();
});

const make = async (body: unknown, as = person) => {
  const response = await makeRoute(makeRequest({ method: "POST", as, body }));
  return { status: response.status, body: await response.json() };
};
const tokenWith = async (scopes: string[], as = person): Promise<MadeApiTokenDto> =>
  (await make({ name: "A script", scopes, expiresInDays: 30 }, as)).body;
const me = async (bearer: string, address = "203.0.113.4") => (await meRoute(makeRequest({ bearer, address }))).status;
const rowOf = async (id: string) => (await db().select().from(apiTokens).where(eq(apiTokens.id, id)))[0];

describe("making an API token", () => {
  test("shows it once and keeps its hash and first letters alone", async () => {
    const made = await tokenWith(["account:read", "account:read"]);
    expect(made.token).toMatch(/^kin_[A-Za-z0-9_-]{43}$/);
    expect(made).toMatchObject({ scopes: ["account:read"], prefix: made.token.slice(0, 8), lastUsedAt: null });
    expect(JSON.stringify(await rowOf(made.id))).not.toContain(made.token);
    const list = await (await listRoute(makeRequest({ as: person }))).json();
    const { token, ...shown } = made;
    expect(list.items).toEqual([shown]);
    const entries = await db().select().from(auditLog).where(eq(auditLog.targetId, made.id)).orderBy(auditLog.id);
    expect(entries.map(({ action }) => action)).toEqual(["api_token.create"]);
    expect(JSON.stringify(entries)).not.toContain(token.slice(8));
  });

  test.each([
    { name: "", scopes: ["uploads"], expiresInDays: 1 },
    { name: "x", scopes: [], expiresInDays: 1 },
    { name: "x", scopes: ["everything"], expiresInDays: 1 },
    { name: "x", scopes: ["uploads"], expiresInDays: 0 },
    { name: "x", scopes: ["uploads"] },
  ])("refuses %j", async (body) => {
    expect((await make(body)).status).toBe(400);
  });

  test("gives admins' scopes to admins alone", async () => {
    expect((await make({ name: "x", scopes: ["admin:read"], expiresInDays: null })).status).toBe(403);
    expect((await make({ name: "x", scopes: ["admin:read"], expiresInDays: null }, admin)).status).toBe(201);
  });

  test("ends at a hundred, however many ask at once", async () => {
    await db()
      .insert(apiTokens)
      .values(
        Array.from({ length: 97 }, (_, index) => ({
          id: crypto.randomUUID(),
          userId: person.account.id,
          name: `Token ${index}`,
          prefix: "kin_0000",
          tokenHash: crypto.randomUUID(),
          scopes: ["uploads"],
        })),
      );
    const body = { name: "One more", scopes: ["uploads"], expiresInDays: 1 };
    const answers = await Promise.all(Array.from({ length: 6 }, () => make(body)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 201, 201, 409, 409, 409]);
  });
});

describe("an API token", () => {
  test("does what its scope says, and tells when and from where it was last used", async () => {
    const { id, token } = await tokenWith(["account:read"]);
    expect(await me(token)).toBe(200);
    const used = await rowOf(id);
    expect(used).toMatchObject({ lastUsedAddress: "203.0.113.4", lastUsedAt: expect.any(Date) });
    expect(await me(token, "203.0.113.5")).toBe(200);
    expect(await rowOf(id)).toEqual(used);
  });

  test("is refused with the name of the scope it lacks", async () => {
    const { token } = await tokenWith(["account:read", "uploads"]);
    const video = await makeVideo({ creatorId: person.account.id, channelId: person.channelId, status: "ready" });
    const request = makeRequest({ method: "PATCH", bearer: token, body: { title: "Changed" } });
    const response = await editVideo(request, withParams({ videoId: video.id }));
    const { error } = await response.json();
    expect([response.status, error.code]).toEqual([403, "forbidden"]);
    expect(error.hint).toContain("videos:write");
    expect((await db().select().from(videos).where(eq(videos.id, video.id)))[0]?.title).toBe(video.title);
  });

  test("makes, lists and revokes no tokens, whatever its scopes", async () => {
    const { id, token } = await tokenWith(["account:read", "account:write"]);
    const body = { name: "Another", scopes: ["uploads"], expiresInDays: null };
    const statuses = await Promise.all([
      makeRoute(makeRequest({ method: "POST", bearer: token, body })),
      listRoute(makeRequest({ bearer: token })),
      revokeRoute(makeRequest({ method: "DELETE", bearer: token }), withParams({ tokenId: id })),
    ]);
    expect(statuses.map(({ status }) => status)).toEqual([403, 403, 403]);
  });

  test("is taken by no route that names no scope", async () => {
    const unnamed = route({ name: "test.unnamed", response: z.object({}) }, () => ({}));
    const raw = rawRoute({ name: "test.raw", openapi: "none" }, () => new Response("open"));
    const { token } = await tokenWith(["account:read"]);
    for (const handler of [unnamed, raw]) {
      expect((await handler(makeRequest({ bearer: token }))).status).toBe(403);
      expect((await handler(makeRequest({ as: person }))).status).toBe(200);
    }
  });

  test("ends when it is revoked, when it expires, and with its owner", async () => {
    const ending = async (end: (id: string) => Promise<unknown>) => {
      const { id, token } = await tokenWith(["account:read"]);
      expect(await me(token)).toBe(200);
      await end(id);
      return me(token);
    };
    const revoke = (tokenId: string) =>
      revokeRoute(makeRequest({ method: "DELETE", as: person }), withParams({ tokenId }));
    const expire = (id: string) =>
      db()
        .update(apiTokens)
        .set({ expiresAt: new Date(Date.now() - 1) })
        .where(eq(apiTokens.id, id));
    const remove = () => db().update(users).set({ deletedAt: new Date() }).where(eq(users.id, person.account.id));
    expect([await ending(revoke), await ending(expire), await ending(remove)]).toEqual([401, 401, 401]);
  });

  test.each(["kin_", "kin_made-up", `kin_${"A".repeat(43)}`, `kin_${"x".repeat(4000)}`])(
    "that nobody made (%j) is refused, on public routes too",
    async (bearer) => {
      expect((await videosRoute(makeRequest({ bearer }))).status).toBe(401);
    },
  );
});

describe("an admin's API token", () => {
  const foreignEdit = async (scopes: string[]) => {
    const video = await makeVideo({ creatorId: person.account.id, channelId: person.channelId, status: "ready" });
    const { token } = await tokenWith(scopes, admin);
    const request = makeRequest({ method: "PATCH", bearer: token, body: { title: "By an admin" } });
    return (await editVideo(request, withParams({ videoId: video.id }))).status;
  };

  test("acts on others' things only with an admin's scope", async () => {
    expect(await foreignEdit(["videos:write"])).toBe(404);
    expect(await foreignEdit(["videos:write", "admin:read"])).toBe(404);
    expect(await foreignEdit(["videos:write", "admin:write"])).toBe(200);
  });

  test("is no admin's once its owner is none", async () => {
    const probe = route({ name: "test.admin", scope: "admin:read", response: z.object({}) }, () => ({}));
    const other = await makePerson({ role: "admin" });
    const { token } = await tokenWith(["admin:read"], other);
    const ask = async () => (await probe(makeRequest({ bearer: token }))).status;
    expect(await ask()).toBe(200);
    await db().update(users).set({ role: "creator" }).where(eq(users.id, other.account.id));
    expect(await ask()).toBe(403);
  });
});
