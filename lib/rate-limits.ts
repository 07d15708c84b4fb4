/** How many hits a window of so many seconds allows. */
export type Limit = { hits: number; windowSeconds: number };

/**
 * The limits, by class of what is done. Log-ins are counted by pair of account and address, so that nobody can lock
 * somebody else out, and by address alone, so that one address cannot try many accounts; only failures count. Sign-ups
 * count by address, mails by whom they go to, comments by who writes them, everything else by account or, for nobody, by address.
 */
export const defaultLimits = {
  loginPair: { hits: 10, windowSeconds: 15 * 60 },
  loginAddress: { hits: 30, windowSeconds: 15 * 60 },
  signup: { hits: 5, windowSeconds: 3600 },
  signupTry: { hits: 30, windowSeconds: 3600 },
  mail: { hits: 3, windowSeconds: 15 * 60 },
  comment: { hits: 30, windowSeconds: 5 * 60 },
  webhookTest: { hits: 10, windowSeconds: 60 },
  write: { hits: 100, windowSeconds: 10 },
  anonymousRead: { hits: 100, windowSeconds: 10 },
  accountRead: { hits: 1000, windowSeconds: 10 },
} as const satisfies Record<string, Limit>;

/** See `defaultLimits`. */
export type LimitName = keyof typeof defaultLimits;

/** Every limit there is. */
export const limitNames = Object.keys(defaultLimits) as readonly LimitName[];

/** What every variable that sets a limit begins with. */
const prefix = "RATE_LIMIT_";

/** The variable that sets a limit: `RATE_LIMIT_LOGIN_PAIR` for `loginPair`. */
export const limitVariable = (name: LimitName): string =>
  `${prefix}${name.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;

const parseLimit = (text: string): Limit | null => {
  const [, hits = "", seconds = ""] = /^(\d{1,7})\/(\d{1,6})$/.exec(text.trim()) ?? [];
  const limit = { hits: Number(hits), windowSeconds: Number(seconds) };
  return limit.hits >= 1 && limit.windowSeconds >= 1 ? limit : null;
};

/**
 * The limits with what the environment says laid over them (`RATE_LIMIT_WRITE=200/10`), and a sentence for each variable
 * that cannot be used. A misspelt one is refused: silence would look as if it worked.
 */
export const readLimits = (source: Record<string, unknown>): { limits: Record<LimitName, Limit>; faults: string[] } => {
  const limits: Record<LimitName, Limit> = { ...defaultLimits };
  const faults: string[] = [];
  const byVariable = new Map(limitNames.map((name) => [limitVariable(name), name]));
  for (const [variable, value] of Object.entries(source)) {
    if (!variable.startsWith(prefix) || typeof value !== "string") continue;
    const name = byVariable.get(variable);
    const limit = parseLimit(value);
    if (name === undefined) faults.push(`${variable} is not a limit; there are ${[...byVariable.keys()].join(", ")}.`);
    else if (limit === null) faults.push(`${variable} must be hits/seconds, for example 100/10.`);
    else limits[name] = limit;
  }
  return { limits, faults };
};
