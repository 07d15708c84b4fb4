import { freshContentVersions } from "#lib/db/content-version.ts";

/** The bytes of an answer. */
export type AnswerBody = Uint8Array<ArrayBuffer>;

/** What answers are kept within. */
type Bounds = { entries: number; bytes: number; ageMs: number };

type Kept = { version: string; keptAt: number; body: Promise<AnswerBody>; bytes: number };

/** Addresses that were asked for once; whoever asks for ever new ones costs no more than their names. */
const mostSeen = 5_000;

// Ages bound what depends on the clock and not on the database: "this week", and how long processing will still take. Bytes are the bound that counts; fewer
// entries than addresses that are remembered would have every one of them looked for, made, kept and thrown away unused.
const usualBounds: Bounds = { entries: mostSeen, bytes: 64 * 1024 * 1024, ageMs: 60_000 };

/** Remembers what was asked for lately, so that only what comes again is kept. */
const seenBefore = (ageMs: number): ((key: string, now: number) => boolean) => {
  const seen = new Map<string, number>();
  return (key, now) => {
    const before = seen.get(key);
    seen.delete(key);
    seen.set(key, now);
    const [oldest] = seen.keys();
    if (seen.size > mostSeen && oldest !== undefined) seen.delete(oldest);
    return before !== undefined && now - before <= ageMs;
  };
};

/**
 * Keeps answers that are the same for everyone, as long as nothing of the site's content was committed to the database since
 * they were made: `version` changes with that. An answer is never older than its request, so that what was hidden a moment
 * ago, by whichever process, is in none. Those who ask for the same at the same time wait for one answer; faults are told to
 * them and not kept. What is asked for the first time within `ageMs` is made without further ado.
 */
export const createSharedAnswers = (input: {
  /** Null when it cannot be told soon: the answer is then made for this request alone. */
  version: () => Promise<string | null>;
  now: () => number;
  bounds?: Bounds;
}): ((key: string, make: () => Promise<AnswerBody>) => Promise<AnswerBody>) => {
  const { version, now, bounds = usualBounds } = input;
  const kept = new Map<string, Kept>();
  const wasSeen = seenBefore(bounds.ageMs);
  let bytes = 0;
  const forget = (key: string, entry: Kept | undefined) => {
    if (entry === undefined || kept.get(key) !== entry) return;
    kept.delete(key);
    bytes -= entry.bytes;
  };
  const makeRoom = () => {
    // The oldest stand first; what is too old to be given is not worth its bytes.
    for (const [key, entry] of kept) {
      const isOld = now() - entry.keptAt > bounds.ageMs;
      if (!isOld && kept.size <= bounds.entries && bytes <= bounds.bytes) return;
      forget(key, entry);
    }
  };
  const keep = (key: string, entry: Kept) => {
    forget(key, kept.get(key));
    kept.set(key, entry);
    makeRoom();
    entry.body.then(
      ({ byteLength }) => {
        if (kept.get(key) !== entry) return;
        entry.bytes = byteLength;
        bytes += byteLength;
        makeRoom();
      },
      () => forget(key, entry),
    );
  };
  return async (key, make) => {
    if (!wasSeen(key, now())) return make();
    const current = await version();
    if (current === null) return make();
    const entry = kept.get(key);
    if (entry !== undefined && entry.version === current && now() - entry.keptAt <= bounds.ageMs) return entry.body;
    const body = make();
    keep(key, { version: current, keptAt: now(), body, bytes: 0 });
    return body;
  };
};

type Answers = ReturnType<typeof createSharedAnswers>;
// Next bundles every route apart; what is kept must be one per process.
const globals = globalThis as typeof globalThis & { kinoraSharedAnswers?: Answers };

/** The process's shared answers; see `createSharedAnswers`. Throws what `make` throws. */
export const sharedAnswer: Answers = (key, make) => {
  globals.kinoraSharedAnswers ??= createSharedAnswers({
    version: freshContentVersions(),
    now: () => performance.now(),
  });
  return globals.kinoraSharedAnswers(key, make);
};
