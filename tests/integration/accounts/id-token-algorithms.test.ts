import { createHmac } from "node:crypto";
import { exportJWK, exportSPKI, type GenerateKeyPairResult, generateKeyPair, type JWK, SignJWT } from "jose";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { overrideEnv } from "#lib/env.ts";
import { acceptedAlgorithms } from "#lib/web/external/id-token-algorithms.ts";
import { Browser } from "#tests/factories/oidc-browser.ts";
import { makeRequest } from "#tests/factories/requests.ts";
import {
  type IdTokenClaims,
  type SigningOidcServer,
  startSigningOidcServer,
} from "#tests/factories/signing-oidc-server.ts";
import { testDatabase } from "#tests/setup/database.ts";
import { GET as me } from "../../../app/api/v1/me/route.ts";

testDatabase();

const secret = "hush, thirty-two letters and more of it";
const pairs = new Map<string, GenerateKeyPairResult>();
let server: SigningOidcServer;
let serial = 0;

beforeAll(async () => {
  for (const algorithm of ["RS256", "RS512", "PS256", "ES256", "ES384", "ES512", "EdDSA", "other"]) {
    pairs.set(algorithm, await generateKeyPair(algorithm === "other" ? "RS256" : algorithm, { extractable: true }));
  }
  server = await startSigningOidcServer();
  overrideEnv({
    ...{ OIDC_ISSUER: server.issuer, OIDC_CLIENT_ID: "kinora", OIDC_CLIENT_SECRET: secret, OIDC_NAME: "Campus" },
    SIGNUP: "open",
  });
});
afterAll(() => server.stop());
beforeEach(() => {
  serial += 1;
});

const pairOf = (name: string): GenerateKeyPairResult => {
  const pair = pairs.get(name);
  if (pair === undefined) throw new Error(`no key ${name}`);
  return pair;
};

/** A published key, by what it was made for; `said` is what the service says of it besides. */
const publicKey = async (name: string, said: JWK = {}): Promise<JWK> => ({
  ...(await exportJWK(pairOf(name).publicKey)),
  ...{ kid: name, ...said },
});

const person = () => ({ sub: `subject-${serial}`, email: `eva${serial}@example.org`, email_verified: true });

const signed =
  (alg: string, key: string, kid = key) =>
  (claims: IdTokenClaims) =>
    new SignJWT({ ...claims, ...person() }).setProtectedHeader({ alg, kid }).sign(pairOf(key).privateKey);

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

/** A token put together by hand, as an attacker does. */
const forged = (header: unknown, mark: (text: string) => string) => (claims: IdTokenClaims) => {
  const text = `${part(header)}.${part({ ...claims, ...person() })}`;
  return `${text}.${mark(text)}`;
};

const hmac = (key: string) => (text: string) => createHmac("sha256", key).update(text).digest("base64url");

const signIn = async (): Promise<{ led: string; username: string | null }> => {
  const browser = new Browser();
  const led = await browser.signIn();
  const answer = await me(makeRequest({ path: "/api/v1/me", headers: { cookie: browser.cookie } }));
  return { led, username: answer.status === 200 ? (await answer.json()).username : null };
};
const comesIn = async () => expect(await signIn()).toEqual({ led: "/studio", username: `eva${serial}` });
const staysOutside = async () => {
  const { led, username } = await signIn();
  expect(led).toMatch(/^\/login\?error=(OAuth)?Callback$/);
  expect(username).toBeNull();
};

describe("an ID token that is signed as the service says", () => {
  test.each(["RS256", "PS256", "ES256", "ES384", "EdDSA"])(
    "%s, with the key's algorithm told and untold",
    async (alg) => {
      server.listed = ["none", "HS256", alg];
      server.sign = signed(alg, alg);
      server.keys = [await publicKey(alg, { alg, use: "sig" })];
      await comesIn();
      serial += 1;
      server.keys = [await publicKey(alg)];
      await comesIn();
    },
  );

  test("any of several, by a service that turns from one to another", async () => {
    server.listed = ["RS256", "ES256"];
    server.keys = [await publicKey("RS256", { alg: "RS256" }), await publicKey("ES256", { alg: "ES256" })];
    server.sign = signed("ES256", "ES256");
    await comesIn();
    server.sign = signed("RS256", "RS256");
    await comesIn();
  });

  test("RS256 where the service lists nothing, and nothing else", async () => {
    server.listed = undefined;
    server.keys = [await publicKey("RS256"), await publicKey("ES256")];
    server.sign = signed("RS256", "RS256");
    await comesIn();
    server.sign = signed("ES256", "ES256");
    await staysOutside();
  });
});

describe("an ID token that is refused", () => {
  const everything = ["none", "HS256", "RS256", "RS512", "PS256", "ES256", "ES384", "ES512", "EdDSA"];
  beforeEach(async () => {
    server.listed = everything;
    const own = (["RS256", "RS512", "ES256", "ES384", "ES512", "EdDSA"] as const).map((alg) => publicKey(alg, { alg }));
    server.keys = await Promise.all(own);
  });

  test("one that is not signed, though the service lists `none`", async () => {
    for (const alg of ["none", "None", ""]) {
      server.sign = forged({ alg }, () => "");
      await staysOutside();
    }
    server.sign = forged({ typ: "JWT" }, () => "");
    await staysOutside();
  });

  test("one with an HMAC of our secret or of the service's public key", async () => {
    const keys = [secret, await exportSPKI(pairOf("RS256").publicKey), JSON.stringify(await publicKey("RS256"))];
    for (const key of keys) {
      server.sign = forged({ alg: "HS256", kid: "RS256" }, hmac(key));
      await staysOutside();
    }
  });

  test.each(["RS512", "ES512"])("%s, which is listed and not among ours", async (alg) => {
    server.sign = signed(alg, alg);
    await staysOutside();
  });

  test("one of ours that is not listed", async () => {
    server.listed = ["RS256", "EdDSA"];
    server.sign = signed("ES256", "ES256");
    await staysOutside();
    server.listed = ["ES256"];
    server.sign = signed("RS256", "RS256");
    await staysOutside();
    server.listed = ["HS256", "none"];
    await staysOutside();
  });

  test("an algorithm that does not fit the key it names", async () => {
    // The key says RS256; the same key could make PS256 too.
    server.sign = signed("PS256", "PS256", "RS256");
    await staysOutside();
    server.keys = [await publicKey("PS256", { alg: "RS256", kid: "RS256" })];
    await staysOutside();
    server.keys = [await publicKey("ES384", { kid: "curve" })];
    server.sign = signed("ES256", "ES256", "curve");
    await staysOutside();
    server.keys = [await publicKey("RS256", { use: "enc" })];
    server.sign = signed("RS256", "RS256");
    await staysOutside();
  });

  test("one of somebody else's key, and one that was changed afterwards", async () => {
    server.sign = signed("RS256", "other", "RS256");
    await staysOutside();
    server.sign = async (claims) => {
      const [header, , mark] = (await signed("EdDSA", "EdDSA")(claims)).split(".");
      return `${header}.${part({ ...claims, ...person(), sub: "somebody-else" })}.${mark}`;
    };
    await staysOutside();
  });
});

test("what a document may say", () => {
  expect(acceptedAlgorithms(undefined)).toEqual(["RS256"]);
  expect(acceptedAlgorithms("ES256")).toEqual(["RS256"]);
  expect(acceptedAlgorithms(["EdDSA", "HS256", "none", "RS256", 7])).toEqual(["RS256", "EdDSA"]);
  expect(acceptedAlgorithms([])).toEqual([]);
});
