import { argon2, randomBytes, timingSafeEqual } from "node:crypto";
import { availableParallelism } from "node:os";
import { limitConcurrency } from "#lib/accounts/limit-concurrency.ts";

/** Cost: 19 MiB, two passes, one lane (OWASP's minimum for argon2id); `tagLength` and `saltLength` in bytes. */
const cost = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 } as const;
const saltLength = 16;
/** What a stored hash may ask for: a bound on memory (KiB) and time, should the table ever hold something strange. */
const bounds = { memory: 262_144, passes: 16, parallelism: 16 } as const;

type Parameters = { memory: number; passes: number; parallelism: number; salt: Buffer; hash: Buffer };

const phcPattern =
  /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,3}),p=(\d{1,3})\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{16,172})$/;

const unpadded = (bytes: Buffer) => bytes.toString("base64").replace(/=+$/, "");

/** Writes a hash as a PHC string: `$argon2id$v=19$m=…,t=…,p=…$salt$hash`, base64 without padding. */
export const encodePhc = ({ memory, passes, parallelism, salt, hash }: Parameters): string =>
  `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${unpadded(salt)}$${unpadded(hash)}`;

/** Reads a PHC string of argon2id version 19. Null for everything else and for costs out of bounds. */
export const parsePhc = (text: string): Parameters | null => {
  const match = phcPattern.exec(text);
  if (match === null) return null;
  const [memory = 0, passes = 0, parallelism = 0] = match.slice(1, 4).map(Number);
  const sane = passes >= 1 && parallelism >= 1 && memory >= 8 * parallelism;
  if (!sane || memory > bounds.memory || passes > bounds.passes || parallelism > bounds.parallelism) return null;
  const [salt, hash] = [match[4] ?? "", match[5] ?? ""].map((part) => Buffer.from(part, "base64"));
  return salt === undefined || hash === undefined ? null : { memory, passes, parallelism, salt, hash };
};

type Derive = {
  password: string;
  salt: Buffer;
  memory: number;
  passes: number;
  parallelism: number;
  tagLength: number;
};

const derive = ({ password, salt, ...parameters }: Derive): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    // NFKC, so that a password typed on another keyboard gives the same bytes (NIST SP 800-63B, 5.1.1.2).
    const message = Buffer.from(password.normalize("NFKC"), "utf8");
    argon2("argon2id", { message, nonce: salt, ...parameters }, (error, key) => {
      if (error === null) resolve(key);
      else reject(error);
    });
  });

// Each hash holds 19 MiB and a processor: a burst of log-ins leaves at least one to whoever looks at pages (`bench logins`).
const limited = limitConcurrency(Math.max(1, Math.min(4, availableParallelism() - 1)));

/** Hashes a password with argon2id and a fresh salt. At most a few at a time run in one process; the rest wait. */
export const hashPassword = (password: string): Promise<string> =>
  limited(async () => {
    const salt = randomBytes(saltLength);
    return encodePhc({ ...cost, salt, hash: await derive({ password, salt, ...cost }) });
  });

let dummy: Promise<string> | undefined;

/**
 * Whether a password fits a hash, compared in constant time. With `null` (no such account) it works just as long on a
 * dummy and says no, so that the time does not tell whether an account exists.
 */
export const verifyPassword = async ({ password, phc }: { password: string; phc: string | null }): Promise<boolean> => {
  dummy ??= hashPassword(randomBytes(16).toString("hex"));
  const stored = parsePhc(phc ?? (await dummy));
  if (stored === null) return false;
  const { salt, hash, memory, passes, parallelism } = stored;
  const given = await limited(() =>
    derive({ password, salt, memory, passes, parallelism, tagLength: hash.byteLength }),
  );
  return timingSafeEqual(given, hash) && phc !== null;
};
