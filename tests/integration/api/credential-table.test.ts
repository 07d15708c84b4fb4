import { globSync } from "node:fs";
import { SignJWT } from "jose";
import { beforeAll, expect, test } from "vitest";
import { type RouteScope, type Scope, scopes } from "#lib/accounts/scopes.ts";
import { makeApiToken } from "#lib/accounts/tokens/api-tokens.ts";
import type { AnySpec } from "#lib/web/openapi/route-entry.ts";
import { makeBearer } from "#tests/factories/bearer.ts";
import { makePerson, type Person } from "#tests/factories/people.ts";
import { makeRequest, withParams } from "#tests/factories/requests.ts";
import { testDatabase } from "#tests/setup/database.ts";
import { handlersOf } from "./access/scene.ts";

testDatabase();

type Entry = { method: string; file: string; spec: AnySpec };

const entries: Entry[] = [];
for (const file of globSync("app/**/route.ts", { cwd: new URL("../../..", import.meta.url) }).toSorted()) {
  for (const [method, handler] of Object.entries(await handlersOf(file))) {
    const { spec } = handler as unknown as { spec?: AnySpec };
    if (spec !== undefined && spec.identity !== "ignore") entries.push({ method, file, spec });
  }
}

const scopeOf = (spec: AnySpec): RouteScope => spec.scope ?? "session";

let admin: Person;
const bad = new Map<string, string>();
/** A token with every scope but one. */
const without = new Map<RouteScope, string>();

const tokenWith = async (wanted: readonly Scope[]): Promise<string> => {
  const token = { name: "Table", scopes: [...wanted], expiresInDays: 1 };
  return (await makeApiToken({ viewer: admin.account, sessionId: null, token })).token;
};

/** The claims of a good token under a key that is not ours. */
const forged = async (good: string): Promise<string> => {
  const [, claims = ""] = good.split(".");
  const payload = JSON.parse(Buffer.from(claims, "base64url").toString()) as Record<string, unknown>;
  return new SignJWT(payload).setProtectedHeader({ alg: "HS256", typ: "at+jwt" }).sign(Buffer.alloc(32, 7));
};

beforeAll(async () => {
  admin = await makePerson({ role: "admin" });
  const { headers, user } = await makeBearer();
  const suspended = await makeBearer({ status: "suspended" });
  const good = headers.Authorization.replace("Bearer ", "");
  expect(user.status).toBe("active");
  bad.set("a word", "password");
  bad.set("nothing", "");
  bad.set("an API token nobody made", `kin_${"A".repeat(43)}`);
  bad.set("an access token whose end is cut off", good.slice(0, -4));
  bad.set("an access token signed by somebody else", await forged(good));
  bad.set("a suspended account's access token", suspended.headers.Authorization.replace("Bearer ", ""));
  without.set("session", await tokenWith(scopes));
  for (const scope of scopes) without.set(scope, await tokenWith(scopes.filter((other) => other !== scope)));
});

const statusOf = async ({ file, method }: Entry, bearer: string): Promise<number> => {
  const handler = (await handlersOf(file))[method];
  const response = await handler?.(makeRequest({ method, bearer, path: "/" }), withParams());
  await response?.body?.cancel();
  return response?.status ?? 0;
};

// What a route asks of a token is judged before its parameters are: none are given.
test.each(entries)(
  "$method $file refuses credentials that are no good, whether it asks for some or not",
  async (entry) => {
    for (const [what, bearer] of bad) expect([what, await statusOf(entry, bearer)]).toEqual([what, 401]);
  },
);

const asking = entries.filter(({ spec }) => scopeOf(spec) !== "public");

test.each(asking)("$method $file refuses an API token that lacks its scope alone", async (entry) => {
  expect(await statusOf(entry, without.get(scopeOf(entry.spec)) ?? "")).toBe(403);
});

test("covers the routes that look at credentials", () => {
  expect(entries.length).toBeGreaterThan(100);
});
