import { type CryptoKey, exportJWK, exportPKCS8, generateKeyPair, importJWK, importPKCS8, type JWK } from "jose";
import { seal, unseal } from "#lib/accounts/sealed-key.ts";
import { type DbOrTx, db, type Tx, transaction } from "#lib/db/client.ts";
import {
  insertSigningKey,
  listSigningKeys,
  listUnretiredKeys,
  lockSigningKeys,
  retireSigningKeys,
  type SigningKeyRow,
} from "#lib/db/queries/accounts/signing-keys.ts";
import { recordAudit } from "#lib/db/queries/instance/audit.ts";
import { AppError } from "#lib/errors.ts";
import { newId } from "#lib/ids.ts";
import { log } from "#lib/log.ts";

const algorithm = "EdDSA";
/** A retired key stays known until the last token it signed has surely expired. */
const graceSeconds = 3600;
/** A key signs for so long. */
const lifeSeconds = 90 * 24 * 3600;
/** A new key is published for so long before it signs: longer than anybody keeps the key set. */
const publishSeconds = 600;
/** Another process may have made a key, or forgotten one: what is held here is read anew this often. */
const refreshMs = 10_000;

/** A key that signs, ready for use. */
export type SigningKey = { kid: string; privateKey: CryptoKey };

type KeyCache = { signing?: SigningKey; loadedAt: number; verifying: Map<string, CryptoKey>; verifyingAt: number };
const globals = globalThis as typeof globalThis & { kinoraSigningKeys?: KeyCache };

const cache = (): KeyCache => {
  globals.kinoraSigningKeys ??= { loadedAt: 0, verifying: new Map(), verifyingAt: 0 };
  return globals.kinoraSigningKeys;
};

/** Forgets the keys this process holds; the next use reads the database. */
export const forgetSigningKeys = (): void => {
  delete globals.kinoraSigningKeys;
};

const makeKey = async (tx: Tx): Promise<SigningKeyRow> => {
  const { publicKey, privateKey } = await generateKeyPair(algorithm, { crv: "Ed25519", extractable: true });
  const id = newId();
  const publicJwk = { ...(await exportJWK(publicKey)), kid: id, alg: algorithm, use: "sig" };
  const sealedPrivateKey = seal({ name: id, secret: await exportPKCS8(privateKey) });
  await insertSigningKey(tx, { id, algorithm, publicJwk, sealedPrivateKey });
  log().info({ "event.action": "signing_key.created", kid: id }, "made a signing key");
  return { id, algorithm, publicJwk, sealedPrivateKey, createdAt: new Date(), retiredAt: null };
};

type Unretired = Awaited<ReturnType<typeof listUnretiredKeys>>;

const unretired = (tx: DbOrTx): Promise<Unretired> => listUnretiredKeys(tx, { publishSeconds, lifeSeconds });

/** The newest key that everybody can have heard of; while there is none such, the oldest. */
const signingAmong = (keys: Unretired) => keys.findLast((key) => key.isPublished) ?? keys[0] ?? null;

/** Two processes that make the first key at the same time must end with one. */
const firstKey = (): Promise<SigningKeyRow> =>
  transaction(async (tx) => {
    await lockSigningKeys(tx);
    return signingAmong(await unretired(tx)) ?? makeKey(tx);
  });

/** The key that signs access tokens; made on first use. Throws `internal` when AUTH_SECRET does not open it. */
export const currentSigningKey = async (): Promise<SigningKey> => {
  const held = cache().signing;
  if (held !== undefined && Date.now() - cache().loadedAt < refreshMs) return held;
  const row = signingAmong(await unretired(db())) ?? (await firstKey());
  const pem = unseal({ name: row.id, sealed: row.sealedPrivateKey });
  const signing = { kid: row.id, privateKey: await importPKCS8(pem, algorithm) };
  cache().signing = signing;
  cache().loadedAt = Date.now();
  return signing;
};

/**
 * Makes a new key. It is published at once and signs ten minutes later, when every cache of the key set has it; the old one
 * is published until its last token has expired. `forgetOld` is for a key that somebody else may have: the new one signs
 * from now on, and whatever the old ones signed is refused as soon as whoever checks looks at the published keys again.
 */
export const rotateSigningKey = async ({ forgetOld }: { forgetOld: boolean }): Promise<{ kid: string }> => {
  const made = await transaction(async (tx) => {
    await lockSigningKeys(tx);
    const ids = (await unretired(tx)).map((key) => key.id);
    if (forgetOld) await retireSigningKeys(tx, { ids, agoSeconds: graceSeconds });
    const key = await makeKey(tx);
    await recordAudit(tx, {
      ...{ actorId: null, action: "signing_key.rotate", targetType: "signing_key", targetId: key.id },
      details: { forgetOld },
    });
    return key;
  });
  forgetSigningKeys();
  return { kid: made.id };
};

/**
 * Upkeep: makes a new key beside one that is 90 days old, and retires those in whose place a newer one signs. Tells whether
 * one was made.
 */
export const keepSigningKeys = (): Promise<{ made: boolean }> =>
  transaction(async (tx) => {
    await lockSigningKeys(tx);
    const keys = await unretired(tx);
    const signing = signingAmong(keys);
    const replaced = keys.filter((key) => signing !== null && key.id < signing.id);
    await retireSigningKeys(tx, { ids: replaced.map((key) => key.id), agoSeconds: 0 });
    const made = keys.at(-1)?.isOld ?? false;
    if (made) await makeKey(tx);
    return { made };
  });

const toCryptoKey = async (row: SigningKeyRow): Promise<CryptoKey> => {
  const key = await importJWK(row.publicJwk as JWK, row.algorithm);
  if (key instanceof Uint8Array) throw new AppError("internal", { context: { reason: "signing key is symmetric" } });
  return key;
};

/** The public key with that id, or null when there is none or it was retired long ago. */
export const verifyingKey = async (kid: string): Promise<CryptoKey | null> => {
  const held = cache().verifying.get(kid);
  if (held !== undefined && Date.now() - cache().verifyingAt < refreshMs) return held;
  const rows = await listSigningKeys(db(), graceSeconds);
  cache().verifying = new Map(await Promise.all(rows.map(async (row) => [row.id, await toCryptoKey(row)] as const)));
  cache().verifyingAt = Date.now();
  return cache().verifying.get(kid) ?? null;
};

/** The public keys, as a JSON Web Key Set (RFC 7517, section 5), so that other services can check tokens. */
export const jwks = async (): Promise<{ keys: Record<string, unknown>[] }> => {
  await currentSigningKey();
  return { keys: (await listSigningKeys(db(), graceSeconds)).map((row) => row.publicJwk) };
};
