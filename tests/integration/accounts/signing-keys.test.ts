import { eq, isNull } from "drizzle-orm";
import { decodeProtectedHeader } from "jose";
import { beforeEach, describe, expect, test } from "vitest";
import { issueAccessToken } from "#lib/accounts/access-token.ts";
import {
  currentSigningKey,
  forgetSigningKeys,
  jwks,
  keepSigningKeys,
  rotateSigningKey,
} from "#lib/accounts/signing-keys.ts";
import { db } from "#lib/db/client.ts";
import { auditLog, signingKeys } from "#lib/db/schema/index.ts";
import { makeBearer } from "#tests/factories/bearer.ts";
import { makeRequest } from "#tests/factories/requests.ts";
import { makeSession } from "#tests/factories/rows.ts";
import { testDatabase } from "#tests/setup/database.ts";
import { GET as jwksRoute } from "../../../app/.well-known/jwks.json/route.ts";
import { GET as meRoute } from "../../../app/api/v1/me/route.ts";

testDatabase();

let somebody: Awaited<ReturnType<typeof makeBearer>>;

beforeEach(async () => {
  await db().delete(signingKeys);
  forgetSigningKeys();
  somebody = await makeBearer();
});

const token = async () => {
  const { account, user } = somebody;
  const { id: sessionId } = await makeSession({ userId: user.id, kind: "program" });
  return (await issueAccessToken({ account, sessionVersion: 1, sessionId })).accessToken;
};
const kidOf = (accessToken: string) => decodeProtectedHeader(accessToken).kid;
const me = async (bearer: string) => (await meRoute(makeRequest({ bearer }))).status;
const published = async () => (await jwks()).keys.map((key) => key.kid);
/** Lets a key be as old as it would be so many minutes from now. */
const age = async (kid: string, minutes: number) => {
  const createdAt = new Date(Date.now() - minutes * 60_000);
  await db().update(signingKeys).set({ createdAt }).where(eq(signingKeys.id, kid));
  forgetSigningKeys();
};
const unretired = () => db().select().from(signingKeys).where(isNull(signingKeys.retiredAt));

describe("a new signing key", () => {
  test("is published ten minutes before it signs, so that caches of the key set have it by then", async () => {
    const old = await token();
    const { kid } = await rotateSigningKey({ forgetOld: false });
    expect(await published()).toEqual([kidOf(old), kid]);
    expect(kidOf(await token())).toBe(kidOf(old));
    await age(kid, 9);
    expect(kidOf(await token())).toBe(kidOf(old));
    await age(kid, 11);
    expect(kidOf(await token())).toBe(kid);
    expect([await me(old), await me(await token())]).toEqual([200, 200]);
  });

  test("lets the old one be published for an hour more, and no longer", async () => {
    const old = String(kidOf(await token()));
    const { kid } = await rotateSigningKey({ forgetOld: false });
    await age(kid, 11);
    await keepSigningKeys();
    expect((await unretired()).map(({ id }) => id)).toEqual([kid]);
    expect(await published()).toEqual([old, kid]);
    const longAgo = new Date(Date.now() - 61 * 60_000);
    await db().update(signingKeys).set({ retiredAt: longAgo }).where(eq(signingKeys.id, old));
    expect(await published()).toEqual([kid]);
  });

  test("is made by upkeep once the present one is ninety days old, and once only", async () => {
    const { kid } = await currentSigningKey();
    await age(kid, 89 * 24 * 60);
    expect(await keepSigningKeys()).toEqual({ made: false });
    await age(kid, 90 * 24 * 60 + 1);
    const made = await Promise.all([keepSigningKeys(), keepSigningKeys(), keepSigningKeys()]);
    expect(made.filter((one) => one.made)).toHaveLength(1);
    expect(await unretired()).toHaveLength(2);
    expect((await currentSigningKey()).kid).toBe(kid);
  });

  test("takes the place of one that somebody else may have, whose tokens end at once", async () => {
    const old = await token();
    const { kid } = await rotateSigningKey({ forgetOld: true });
    expect(await published()).toEqual([kid]);
    expect([await me(old), await me(await token())]).toEqual([401, 200]);
    const [row] = await db().select().from(auditLog).where(eq(auditLog.targetId, kid)).orderBy(auditLog.id);
    expect(row).toMatchObject({ actorId: null, action: "signing_key.rotate", details: { forgetOld: true } });
  });
});

test("the key set may be kept for five minutes, read by any site, and holds no private part", async () => {
  await token();
  const response = await jwksRoute(makeRequest({}));
  expect(response.headers.get("cache-control")).toBe("public, max-age=300");
  expect(response.headers.get("access-control-allow-origin")).toBe("*");
  const { keys } = await response.json();
  expect(keys).toEqual([
    { kid: expect.any(String), kty: "OKP", crv: "Ed25519", alg: "EdDSA", use: "sig", x: expect.any(String) },
  ]);
});
