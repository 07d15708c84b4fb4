import { spawn } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface, type Interface } from "node:readline";
import { eq } from "drizzle-orm";
import { decodeProtectedHeader, SignJWT } from "jose";
import { afterAll, beforeAll, expect, test } from "vitest";
import { issueAccessToken } from "#lib/accounts/access-token.ts";
import { currentSigningKey, forgetSigningKeys, keepSigningKeys, rotateSigningKey } from "#lib/accounts/signing-keys.ts";
import { db } from "#lib/db/client.ts";
import { signingKeys } from "#lib/db/schema/index.ts";
import { makeBearer } from "#tests/factories/bearer.ts";
import { makeSession } from "#tests/factories/rows.ts";
import { testDatabase } from "#tests/setup/database.ts";
import { serveRoutes } from "#tests/setup/serve-routes.ts";
import { GET as jwksRoute } from "../../../app/.well-known/jwks.json/route.ts";

// The sample of docs/tokens.md, word for word, in a process of its own that has `jose` and nothing of ours.

testDatabase();

let folder = "";
let server: Awaited<ReturnType<typeof serveRoutes>>;
let child: ReturnType<typeof spawn>;
let lines: Interface;
let somebody: Awaited<ReturnType<typeof makeBearer>>;

const project = new URL("../../../", import.meta.url);
const program = `
import { createInterface } from "node:readline";
import { accessTokenVerifier } from "./verify-access-token.mjs";
const verify = accessTokenVerifier(process.argv[2]);
const now = Date.now;
for await (const token of createInterface({ input: process.stdin })) {
  // A line of digits lets so many seconds pass for what jose keeps; when a token ends goes by new Date().
  if (/^[0-9]+$/.test(token)) Date.now = () => now() + Number(token) * 1000;
  console.log(JSON.stringify(await verify(token).catch((error) => ({ refused: error.code ?? error.name }))));
}`;

beforeAll(async () => {
  somebody = await makeBearer();
  server = await serveRoutes([{ path: /^\/\.well-known\/jwks\.json$/, module: { GET: jwksRoute } }]);
  folder = await mkdtemp(join(tmpdir(), "kinora-outside-"));
  const docs = await readFile(new URL("docs/tokens.md", project), "utf8");
  const sample = /```js\n(\/\/ verify-access-token\.mjs\n[\s\S]*?)```/.exec(docs)?.[1] ?? "";
  await writeFile(join(folder, "verify-access-token.mjs"), sample);
  await writeFile(join(folder, "program.mjs"), program);
  await mkdir(join(folder, "node_modules"));
  await symlink(new URL("node_modules/jose", project), join(folder, "node_modules", "jose"));
  child = spawn(process.execPath, ["program.mjs", server.url], { cwd: folder, stdio: ["pipe", "pipe", "inherit"] });
  if (child.stdout === null) throw new Error("the outside program has no output");
  lines = createInterface({ input: child.stdout });
});
afterAll(async () => {
  child.kill();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

const verify = async (token: string): Promise<unknown> => {
  const answer = new Promise<string>((resolve) => lines.once("line", resolve));
  child.stdin?.write(`${token}\n`);
  return JSON.parse(await answer);
};

const good = async () => {
  const { id: sessionId } = await makeSession({ userId: somebody.user.id, kind: "program" });
  return (await issueAccessToken({ account: somebody.account, sessionVersion: 1, sessionId })).accessToken;
};

type Forgery = { claims?: Record<string, unknown>; header?: Record<string, unknown>; expiresAt?: number };

const forged = async ({ claims = {}, header = {}, expiresAt }: Forgery) => {
  const { kid, privateKey } = await currentSigningKey();
  const { id } = somebody.user;
  return new SignJWT({ iss: "kinora", aud: "kinora", sid: id, ...claims })
    .setProtectedHeader({ alg: "EdDSA", typ: "at+jwt", kid, ...header })
    .setSubject(id)
    .setIssuedAt()
    .setExpirationTime(expiresAt ?? Math.floor(Date.now() / 1000) + 60)
    .sign(privateKey);
};

const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

const unsigned = async () => {
  const { kid } = await currentSigningKey();
  const [, payload] = (await good()).split(".");
  return `${base64({ alg: "none", typ: "at+jwt", kid })}.${payload}.`;
};

/** The old trick: the public key, which everybody has, taken for a shared secret. */
const signedWithPublicKey = async () => {
  const { kid } = await currentSigningKey();
  const { keys } = await (await fetch(`${server.url}/.well-known/jwks.json`)).json();
  return new SignJWT({ iss: "kinora", aud: "kinora", sid: somebody.user.id })
    .setProtectedHeader({ alg: "HS256", typ: "at+jwt", kid })
    .setSubject(somebody.user.id)
    .setIssuedAt()
    .setExpirationTime("1m")
    .sign(Buffer.from(JSON.stringify(keys[0])));
};

test("a token of ours is taken, with who it is", async () => {
  expect(await verify(await good())).toMatchObject({
    accountId: somebody.user.id,
    username: somebody.user.username,
    role: "creator",
  });
});

test("a rotation is not noticed: every token verifies before, while and after", async () => {
  const before = await good();
  const { kid } = await rotateSigningKey({ forgetOld: false });
  expect(await verify(await good())).toHaveProperty("accountId");
  expect(await verify(before)).toHaveProperty("accountId");
  // Eleven minutes later, for the key and for what the verifier keeps.
  const createdAt = new Date(Date.now() - 11 * 60_000);
  await db().update(signingKeys).set({ createdAt }).where(eq(signingKeys.id, kid));
  forgetSigningKeys();
  await keepSigningKeys();
  await verify(String(11 * 60));
  const after = await good();
  expect(decodeProtectedHeader(after).kid).toBe(kid);
  expect(decodeProtectedHeader(before).kid).not.toBe(kid);
  expect(await verify(after)).toHaveProperty("accountId", somebody.user.id);
  expect(await verify(before)).toHaveProperty("accountId", somebody.user.id);
});

test.each<[string, () => Promise<string>, string]>([
  ["another audience", () => forged({ claims: { aud: "elsewhere" } }), "ERR_JWT_CLAIM_VALIDATION_FAILED"],
  ["another issuer", () => forged({ claims: { iss: "elsewhere" } }), "ERR_JWT_CLAIM_VALIDATION_FAILED"],
  ["another type", () => forged({ header: { typ: "JWT" } }), "ERR_JWT_CLAIM_VALIDATION_FAILED"],
  ["no session", () => forged({ claims: { sid: undefined } }), "ERR_JWT_CLAIM_VALIDATION_FAILED"],
  ["its time over", () => forged({ expiresAt: Math.floor(Date.now() / 1000) - 60 }), "ERR_JWT_EXPIRED"],
  ["no signature (alg none)", unsigned, "ERR_JOSE_ALG_NOT_ALLOWED"],
  ["the public key as a shared secret (HS256)", signedWithPublicKey, "ERR_JOSE_ALG_NOT_ALLOWED"],
  ["a key of nobody", () => forged({ header: { kid: "made-up" } }), "ERR_JWKS_NO_MATCHING_KEY"],
  ["an edited end", async () => `${(await good()).slice(0, -6)}AAAAAA`, "ERR_JWS_SIGNATURE_VERIFICATION_FAILED"],
])("a token with %s is refused", async (_, make, refused) => {
  expect(await verify(await make())).toEqual({ refused });
});
