import { afterAll, expect, test } from "vitest";
import { overrideEnv } from "#lib/env.ts";
import { makePerson } from "#tests/factories/people.ts";
import { makeRequest } from "#tests/factories/requests.ts";
import { testDatabase } from "#tests/setup/database.ts";
import { POST as logIn } from "../../../app/api/v1/auth/token/route.ts";
import { PATCH as patchMe, GET as readMe } from "../../../app/api/v1/me/route.ts";
import { GET as videos } from "../../../app/api/v1/videos/route.ts";

testDatabase({ RATE_LIMITS: "on", RATE_LIMIT_WRITE: "2/60", RATE_LIMIT_ACCOUNT_READ: "7/30" });
afterAll(() =>
  overrideEnv({
    RATE_LIMITS: "off",
    RATE_LIMIT_WRITE: undefined,
    RATE_LIMIT_ACCOUNT_READ: undefined,
    TRUSTED_PROXIES: undefined,
  }),
);

const told = ({ headers, status }: Response) => ({
  status,
  policy: headers.get("ratelimit-policy"),
  left: headers.get("ratelimit"),
  wait: headers.get("retry-after"),
});

test("every counted answer tells its limit, what is left, and when it is whole again", async () => {
  const person = await makePerson();
  const read = told(await readMe(makeRequest({ as: person })));
  expect(read).toEqual({ status: 200, policy: '"accountRead";q=7;w=30', left: '"accountRead";r=6;t=30', wait: null });
  const write = () => patchMe(makeRequest({ method: "PATCH", as: person, body: { displayName: "Again" } }));
  expect(told(await write())).toMatchObject({ status: 200, left: '"write";r=1;t=60' });
  const bad = await patchMe(makeRequest({ method: "PATCH", as: person, body: { unknown: true } }));
  expect(told(bad)).toMatchObject({ status: 400, policy: '"write";q=2;w=60' });
  expect(told(bad).left).toMatch(/^"write";r=0;t=(59|60)$/);
  const refused = told(await write());
  expect(refused).toMatchObject({ status: 429, policy: '"write";q=2;w=60' });
  expect(refused.left).toMatch(/^"write";r=0;t=(5\d|60)$/);
  expect(Number(refused.wait)).toBeGreaterThanOrEqual(59);
});

test("an answer that was counted against several limits names them all", async () => {
  const body = { email: "nobody@example.org", password: "wrong password" };
  const response = await logIn(makeRequest({ method: "POST", address: "203.0.113.40", body }));
  expect(response.status).toBe(401);
  expect(response.headers.get("ratelimit-policy")).toContain('"loginAddress";q=30;w=900');
  expect(response.headers.get("ratelimit-policy")).toContain('"loginPair";q=10;w=900');
  expect(response.headers.get("ratelimit")).toContain('"loginPair";r=9;t=900');
});

test("forwarded addresses count only from trusted proxies", async () => {
  const left = async (address: string, forwarded: string) => {
    const headers = { "x-forwarded-for": forwarded };
    return told(await videos(makeRequest({ path: "/api/v1/videos", address, headers }))).left;
  };
  // An address that anybody may write makes no new allowance.
  expect(await left("203.0.113.90", "198.51.100.1")).toBe('"anonymousRead";r=99;t=10');
  expect(await left("203.0.113.90", "198.51.100.2")).toMatch(/^"anonymousRead";r=98/);
  overrideEnv({ TRUSTED_PROXIES: "203.0.113.91" });
  expect(await left("203.0.113.91", "198.51.100.3")).toBe('"anonymousRead";r=99;t=10');
  expect(await left("203.0.113.91", "198.51.100.4")).toBe('"anonymousRead";r=99;t=10');
  // What a client wrote itself stands on the left of what the proxy added.
  expect(await left("203.0.113.91", "1.2.3.4, 198.51.100.4")).toMatch(/^"anonymousRead";r=98/);
});

test("with limits off nothing is counted and nothing told", async () => {
  overrideEnv({ RATE_LIMITS: "off" });
  const response = await videos(makeRequest({ path: "/api/v1/videos" }));
  expect(told(response)).toEqual({ status: 200, policy: null, left: null, wait: null });
  overrideEnv({ RATE_LIMITS: "on" });
});
