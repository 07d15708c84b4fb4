import { afterEach, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { closeDb, db } from "#lib/db/client.ts";
import { rateLimits } from "#lib/db/schema/index.ts";
import { overrideEnv } from "#lib/env.ts";
import { AppError } from "#lib/errors.ts";
import { metrics } from "#lib/metrics.ts";
import { defaultLimits as limits } from "#lib/rate-limits.ts";
import { encodeSession, sessionCookieName } from "#lib/web/identity/session-cookie.ts";
import { rawRoute, route } from "#lib/web/route.ts";
import { makePerson, type Person } from "#tests/factories/people.ts";
import { makeRequest, site } from "#tests/factories/requests.ts";
import { testDatabase } from "#tests/setup/database.ts";
import { GET as unknownRoute } from "../../../app/api/[[...rest]]/route.ts";
import { PATCH as patchMe } from "../../../app/api/v1/me/route.ts";
import { OPTIONS as videosOptions, PUT as videosPut, GET as videosRoute } from "../../../app/api/v1/videos/route.ts";

const database = testDatabase();

afterEach(() => overrideEnv({ RATE_LIMITS: "off", CORS_ORIGINS: undefined, DATABASE_URL: database.url }));

const echo = route(
  {
    name: "test.echo",
    body: z.strictObject({ name: z.string().min(2), count: z.number().optional() }),
    response: z.object({ name: z.string() }),
    identity: "ignore",
  },
  async ({ body }) => body,
);
const post = async (body: unknown, headers: Record<string, string> = {}) => {
  const response = await echo(makeRequest({ method: "POST", body, headers }));
  return { status: response.status, headers: response.headers, body: await response.json() };
};

describe("the body of a request", () => {
  test("is parsed, and the answer holds no more than its schema names", async () => {
    expect((await post({ name: "Olena", count: 2 })).body).toEqual({ name: "Olena" });
  });

  test.each([
    ["malformed JSON", "{", {}, 400, "invalid_input"],
    ["a list", "[]", {}, 400, "invalid_input"],
    ["an unknown field", '{"name":"Olena","role":"admin"}', {}, 400, "invalid_input"],
    ["a form", "name=Olena", { "content-type": "application/x-www-form-urlencoded" }, 415, "unsupported_media_type"],
    ["text that is JSON", '{"name":"Olena"}', { "content-type": "text/plain" }, 415, "unsupported_media_type"],
    ["more than 1 MiB", `{"name":"${"x".repeat(1024 * 1024)}"}`, {}, 413, "too_large"],
  ])("answers %s with its code", async (_, body, headers, status, code) => {
    const answer = await post(body, headers);
    expect(answer.status).toBe(status);
    expect(answer.body.error).toMatchObject({ code, requestId: answer.headers.get("x-request-id") });
  });

  test("that grows beyond 1 MiB without saying so is cut off", async () => {
    let sent = 0;
    const endless = new ReadableStream({
      pull: (controller) => {
        sent += 1;
        controller.enqueue(new Uint8Array(64 * 1024));
      },
    });
    // `duplex` is what Node demands beside a stream; the browser's types do not know it.
    const init: RequestInit & { duplex: "half" } = { method: "POST", body: endless, duplex: "half" };
    const request = new Request(site, { ...init, headers: { "content-type": "application/json" } });
    expect((await echo(request)).status).toBe(413);
    expect(sent).toBeLessThan(30);
  });

  test("names every faulty field", async () => {
    const { body } = await post({ name: "x", count: "two", ownerId: "me" });
    expect(Object.keys(body.error.fields).toSorted()).toEqual(["count", "name", "ownerId"]);
  });

  test("tells what is missing from what is of the wrong kind", async () => {
    const wrong = "This has the wrong type.";
    expect((await post({ count: "two" })).body.error.fields).toEqual({ name: "This is needed.", count: wrong });
    expect((await post({ name: null })).body.error.fields).toEqual({ name: wrong });
    expect((await post([])).body.error.fields).toEqual({ body: wrong });
  });
});

describe("faults", () => {
  const failing = (error: unknown) =>
    rawRoute({ name: "test.fault", identity: "ignore" }, () => {
      throw error;
    })(makeRequest({}));

  test("of ours become internal without a word of their own", async () => {
    const response = await failing(new Error("select secret from users where password = 'x'"));
    expect(response.status).toBe(500);
    expect(await response.text()).not.toMatch(/secret|select/);
  });

  test("carry Retry-After when it is known", async () => {
    const response = await failing(new AppError("rate_limited", { retryAfterSeconds: 7.2 }));
    expect([response.status, response.headers.get("retry-after")]).toEqual([429, "8"]);
  });

  test("an answer that does not fit its schema is ours", async () => {
    const wrong = route({ name: "test.wrong", response: z.object({ id: z.uuid() }) }, () => ({ id: "no id" }));
    expect((await wrong(makeRequest({}))).status).toBe(500);
  });

  test("a database that is away gives 503 and comes back by itself", async () => {
    await closeDb();
    overrideEnv({ DATABASE_URL: "postgres://nobody:x@127.0.0.1:1/none" });
    const away = await videosRoute(makeRequest({ path: "/api/v1/videos" }));
    expect([away.status, (await away.json()).error.code]).toEqual([503, "unavailable"]);
    expect(away.headers.get("retry-after")).not.toBeNull();
    await closeDb();
    overrideEnv({ DATABASE_URL: database.url });
    expect((await videosRoute(makeRequest({ path: "/api/v1/videos" }))).status).toBe(200);
  });

  test("unknown addresses and methods have the one shape too", async () => {
    const unknown = await unknownRoute(makeRequest({ path: "/api/v1/nothing" }));
    expect([unknown.status, (await unknown.json()).error.code]).toEqual([404, "not_found"]);
    const method = await videosPut(makeRequest({ method: "PUT", path: "/api/v1/videos" }));
    expect([method.status, (await method.json()).error.code]).toEqual([405, "method_not_allowed"]);
    expect(method.headers.get("allow")).toBe("GET, HEAD, OPTIONS");
  });
});

describe("requests that another site made a browser send", () => {
  test("change nothing", async () => {
    const person = await makePerson();
    const answer = (headers: Record<string, string>) =>
      patchMe(makeRequest({ method: "PATCH", as: person, body: { displayName: "Changed" }, headers }));
    expect((await answer({ origin: "https://evil.example" })).status).toBe(403);
    expect((await answer({ origin: "null" })).status).toBe(403);
    expect((await answer({ origin: site })).status).toBe(200);
    expect((await answer({ host: "192.168.1.5:3000", origin: "http://192.168.1.5:3000" })).status).toBe(200);
  });
});

describe("CORS", () => {
  const preflight = { origin: "https://app.example", "access-control-request-method": "GET" };

  test("is closed unless an origin is named", async () => {
    const response = await videosOptions(makeRequest({ method: "OPTIONS", headers: preflight }));
    expect(response.headers.get("access-control-allow-origin")).toBeNull();
  });

  test("lets the named origins read, without cookies", async () => {
    overrideEnv({ CORS_ORIGINS: "https://app.example" });
    const response = await videosOptions(makeRequest({ method: "OPTIONS", headers: preflight }));
    expect(response.headers.get("access-control-allow-origin")).toBe("https://app.example");
    expect(response.headers.get("access-control-allow-headers")).toContain("Authorization");
    const read = await videosRoute(makeRequest({ path: "/api/v1/videos", headers: { origin: "https://app.example" } }));
    expect(read.headers.get("access-control-allow-origin")).toBe("https://app.example");
    expect(read.headers.get("access-control-allow-credentials")).toBeNull();
    const other = await videosRoute(makeRequest({ path: "/api/v1/videos", headers: { origin: "https://b.example" } }));
    expect(other.headers.get("access-control-allow-origin")).toBeNull();
  });
});

describe("rate limits", () => {
  test("hold back writes of one account, across processes, and of nobody else", async () => {
    overrideEnv({ RATE_LIMITS: "on" });
    const [busy, calm] = [await makePerson(), await makePerson()];
    const write = (person: typeof busy) =>
      patchMe(makeRequest({ method: "PATCH", as: person, body: { displayName: "Again" } }));
    const statuses = await Promise.all(
      Array.from({ length: limits.write.hits + 1 }, async () => (await write(busy)).status),
    );
    expect(statuses.filter((status) => status === 429)).toHaveLength(1);
    expect((await write(calm)).status).toBe(200);
    const keys = (await db().select().from(rateLimits)).map((row) => row.key);
    expect(keys.join()).not.toContain(busy.account.id);
  });

  test("hold back anonymous reads of one address without writing to the database", async () => {
    overrideEnv({ RATE_LIMITS: "on" });
    await db().delete(rateLimits);
    const read = async (address: string) =>
      (await videosRoute(makeRequest({ path: "/api/v1/videos", address }))).status;
    const statuses: number[] = [];
    for (let hit = 0; hit <= limits.anonymousRead.hits; hit += 1) statuses.push(await read("203.0.113.50"));
    expect(statuses.filter((status) => status === 429)).toHaveLength(1);
    expect(await read("203.0.113.51")).toBe(200);
    expect(await db().select().from(rateLimits)).toEqual([]);
  });
});

describe("a session in use", () => {
  const patchWith = async (person: Person, ageSeconds: number) => {
    // next-auth takes the time of issue from the clock.
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() - ageSeconds * 1000 });
    const value = await encodeSession({ sessionId: person.sessionId, userId: person.account.id, sessionVersion: 1 });
    vi.useRealTimers();
    const as = { ...person, cookie: `${sessionCookieName()}=${value}` };
    const response = await patchMe(makeRequest({ method: "PATCH", as, body: {} }));
    return { status: response.status, cookies: response.headers.getSetCookie() };
  };

  test("gets a fresh cookie once it is a day old, and not before", async () => {
    const person = await makePerson();
    expect(await patchWith(person, 23 * 3600)).toEqual({ status: 200, cookies: [] });
    const { status, cookies } = await patchWith(person, 25 * 3600);
    expect(status).toBe(200);
    expect(cookies[0]).toMatch(/^next-auth\.session-token=.+Max-Age=604800/);
  });

  test("ends after a week without use", async () => {
    expect((await patchWith(await makePerson(), 8 * 24 * 3600)).status).toBe(401);
  });
});

test("every request is counted under its route's name", async () => {
  await videosRoute(makeRequest({ path: "/api/v1/videos" }));
  expect(await metrics().registry.metrics()).toMatch(
    /kinora_http_requests_total\{route="videos\.list",method="GET",status="200"\} \d+/,
  );
});

test("a handler keeps its spec, from which the API's document is made", () => {
  expect(videosRoute.spec).toMatchObject({ name: "videos.list" });
});
