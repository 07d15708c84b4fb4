import { type CryptoKey, exportJWK, exportPKCS8, generateKeyPair, importJWK, importPKCS8, type JWK } from "jose";
import { seal, unseal } from "#lib/accounts/sealed-key.ts";
import { db, transaction } from "#lib/db/client.ts";
import {
  findCurrentSigningKey,
  insertSigningKey,
  listSigningKeys,
  lockSigningKeys,
  retireSigningKeys,
  type SigningKeyRow,
} from "#lib/db/queries/signing-keys.ts";
import { AppError } from "#lib/errors.ts";
import { newId } from "#lib/ids.ts";
import { log } from "#lib/log.ts";

const algorithm = "EdDSA";
/** A retired key stays known until the last token it signed has surely expired. */
const graceSeconds = 3600;
/** A key signs for so long. */
const rotateAfterSeconds = 90 * 24 * 3600;
/** Another process may have made a key; an unknown `kid` looks again at most this often. */
const refreshMs = 10_000;

/** A key that signs, ready for use. */
export type SigningKey = { kid: string; privateKey: CryptoKey };

type KeyCache = { signing?: SigningKey; verifying: Map<string, CryptoKey>; loadedAt: number };
const globals = globalThis as typeof globalThis & { kinoraSigningKeys?: KeyCache };

const cache = (): KeyCache => {
  globals.kinoraSigningKeys ??= { verifying: new Map(), loadedAt: 0 };
  return globals.kinoraSigningKeys;
};

/** Forgets the keys this process holds; the next use reads the database. */
export const forgetSigningKeys = (): void => {
  delete globals.kinoraSigningKeys;
};

const makeKey = async (): Promise<SigningKeyRow> => {
  const { publicKey, privateKey } = await generateKeyPair(algorithm, { crv: "Ed25519", extractable: true });
  const id = newId();
  const publicJwk = { ...(await exportJWK(publicKey)), kid: id, alg: algorithm, use: "sig" };
  return transaction(async (tx) => {
    // Two processes that start together must end with one key.
    await lockSigningKeys(tx);
    const existing = await findCurrentSigningKey(tx);
    if (existing !== null) return existing;
    const sealedPrivateKey = seal({ name: id, secret: await exportPKCS8(privateKey) });
    await insertSigningKey(tx, { id, algorithm, publicJwk, sealedPrivateKey });
    log().info({ "event.action": "signing_key.created", kid: id }, "made a signing key");
    return { id, algorithm, publicJwk, sealedPrivateKey, createdAt: new Date(), retiredAt: null };
  });
};

/** The key that signs access tokens; made on first use. Throws `internal` when AUTH_SECRET does not open it. */
export const currentSigningKey = async (): Promise<SigningKey> => {
  const held = cache().signing;
  if (held !== undefined && Date.now() - cache().loadedAt < refreshMs) return held;
  const row = (await findCurrentSigningKey(db())) ?? (await makeKey());
  const pem = unseal({ name: row.id, sealed: row.sealedPrivateKey });
  const signing = { kid: row.id, privateKey: await importPKCS8(pem, algorithm) };
  cache().signing = signing;
  cache().loadedAt = Date.now();
  return signing;
};

/** Retires keys that were made so long ago; a new one is made when the next token is signed, or at once here. */
const retire = async (olderThanSeconds: number): Promise<boolean> => {
  const retired = await transaction(async (tx) => {
    await lockSigningKeys(tx);
    return retireSigningKeys(tx, { olderThanSeconds });
  });
  if (retired > 0) forgetSigningKeys();
  return retired > 0;
};

/**
 * Retires the key that signs and makes another one. Tokens of the old one stay good until they expire: it is published for
 * an hour more. Other processes sign with the new one within ten seconds.
 */
export const rotateSigningKey = async (): Promise<{ kid: string }> => {
  await retire(0);
  const { kid } = await currentSigningKey();
  return { kid };
};

/** Rotates the key when it is 90 days old. True when it was. */
export const rotateOldSigningKey = async (): Promise<boolean> => {
  if (!(await retire(rotateAfterSeconds))) return false;
  await currentSigningKey();
  return true;
};

const toCryptoKey = async (row: SigningKeyRow): Promise<CryptoKey> => {
  const key = await importJWK(row.publicJwk as JWK, row.algorithm);
  if (key instanceof Uint8Array) throw new AppError("internal", { context: { reason: "signing key is symmetric" } });
  return key;
};

/** The public key with that id, or null when there is none or it was retired long ago. */
export const verifyingKey = async (kid: string): Promise<CryptoKey | null> => {
  const held = cache().verifying.get(kid);
  if (held !== undefined) return held;
  const rows = await listSigningKeys(db(), graceSeconds);
  cache().verifying = new Map(await Promise.all(rows.map(async (row) => [row.id, await toCryptoKey(row)] as const)));
  return cache().verifying.get(kid) ?? null;
};

/** The public keys, as a JSON Web Key Set (RFC 7517, section 5), so that other services can check tokens. */
export const jwks = async (): Promise<{ keys: Record<string, unknown>[] }> => {
  await currentSigningKey();
  return { keys: (await listSigningKeys(db(), graceSeconds)).map((row) => row.publicJwk) };
};
