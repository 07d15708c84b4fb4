import { afterEach, describe, expect, test } from "vitest";
import { closeDb, db } from "#lib/db/client.ts";
import { overrideEnv } from "#lib/env.ts";
import { makeRequest } from "#tests/factories/requests.ts";
import { testDatabase } from "#tests/setup/database.ts";
import { GET as health } from "../../../app/healthz/route.ts";
import { GET as metricsRoute } from "../../../app/metrics/route.ts";
import { GET as ready } from "../../../app/readyz/route.ts";

const database = testDatabase();

afterEach(async () => {
  await closeDb();
  overrideEnv({ DATABASE_URL: database.url, METRICS_TOKEN: undefined, TRUSTED_PROXIES: undefined });
});

describe("readiness", () => {
  test("is given when database, migrations and storage are", async () => {
    const response = await ready(makeRequest({}));
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      status: "ready",
      parts: { database: "ok", migrations: "ok", storage: "ok" },
    });
  });

  test("names the database when it is away, while the process itself is healthy", async () => {
    await closeDb();
    overrideEnv({ DATABASE_URL: "postgres://nobody:x@127.0.0.1:1/none" });
    const response = await ready(makeRequest({}));
    expect(response.status).toBe(503);
    expect((await response.json()).parts).toMatchObject({ database: "failed", storage: "ok" });
    expect((await health(makeRequest({}))).status).toBe(200);
  });

  test("names migrations that are missing", async () => {
    await db().execute("create table kept as select * from drizzle.__drizzle_migrations");
    await db().execute("delete from drizzle.__drizzle_migrations");
    const response = await ready(makeRequest({}));
    expect(response.status).toBe(503);
    expect((await response.json()).parts).toMatchObject({ database: "ok", migrations: "behind" });
    await db().execute("insert into drizzle.__drizzle_migrations select * from kept");
  });
});

describe("metrics", () => {
  const read = async (request: Parameters<typeof makeRequest>[0]) => (await metricsRoute(makeRequest(request))).status;

  test("answer this machine only, proxied or not", async () => {
    expect(await read({ address: "127.0.0.1" })).toBe(200);
    expect(await read({ address: "::ffff:127.0.0.1" })).toBe(200);
    expect(await read({ address: "192.168.1.9" })).toBe(403);
    expect(await read({ address: "192.168.1.9", headers: { "x-forwarded-for": "127.0.0.1" } })).toBe(403);
    expect(await read({ address: "127.0.0.1", headers: { "x-forwarded-for": "203.0.113.5" } })).toBe(403);
    overrideEnv({ TRUSTED_PROXIES: "127.0.0.1" });
    expect(await read({ address: "127.0.0.1", headers: { "x-forwarded-for": "203.0.113.5" } })).toBe(403);
  });

  test("answer whoever has the token, from anywhere, and nobody else", async () => {
    overrideEnv({ METRICS_TOKEN: "sixteen characters" });
    expect(await read({ address: "203.0.113.5", bearer: "sixteen characters" })).toBe(200);
    expect(await read({ address: "127.0.0.1" })).toBe(401);
    expect(await read({ address: "127.0.0.1", bearer: "another sixteen chars" })).toBe(401);
  });
});
