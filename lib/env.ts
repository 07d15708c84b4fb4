import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import { z } from "zod";
import { type Limit, type LimitName, readLimits } from "#lib/rate-limits.ts";
import { readSignInServices, type SignInServices } from "#lib/sign-in-services.ts";

const blankToUndefined = (value: unknown) => (typeof value === "string" && value.trim() === "" ? undefined : value);

/** Encodes at once in one worker unless told otherwise: each may take a gigabyte of memory, and connections to the database. */
const mostConcurrency = 16;

const port = z.coerce.number().int().min(0).max(65_535);
const bytes = z.coerce.number().int().positive();

const list = (value: string) =>
  value
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");

/** Addresses of the nodes of one cluster, comma-separated. */
const nodeAddresses = z.string().refine(
  (value) => {
    const nodes = list(value);
    return nodes.length > 0 && nodes.every((node) => /^https?:\/\/[^/]/.test(node) && URL.canParse(node));
  },
  {
    error: "TYPESENSE_URL must be an address like http://search.example.org:8108, or several of one cluster by commas.",
  },
);

const storageUrl = z
  .string()
  .regex(/^(file:|s3:)/, { error: "STORAGE_URL must start with file: (for example file:./data/storage)." })
  .refine((value) => !value.startsWith("s3:"), {
    error: "STORAGE_URL with s3: is not served by this version of Kinora; use file: or unset it.",
  });

const schema = z.object({
  NODE_ENV: z.enum(["development", "production", "test"]).default("production"),
  PORT: port.default(3000),
  HOST: z.string().default("0.0.0.0"),
  PUBLIC_URL: z.url({ protocol: /^https?$/, error: "PUBLIC_URL must be an http(s) address." }).optional(),
  DATA_DIR: z.string().default("./data"),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, { error: "DATABASE_URL must start with postgres:// or postgresql://." })
    .optional(),
  AUTH_SECRET: z.string().min(32, { error: "AUTH_SECRET must have at least 32 characters." }).optional(),
  ADMIN_EMAIL: z.email({ error: "ADMIN_EMAIL must be an e-mail address." }).optional(),
  ADMIN_PASSWORD: z.string().min(8).max(128).optional(),
  SIGNUP: z.enum(["open", "closed", "approval"]).default("open"),
  SIGNUP_ROLE: z.enum(["viewer", "creator"]).default("creator"),
  PLAYBACK_KEYS: z
    .string()
    .regex(/^\s*[a-z0-9]{1,8}:[A-Za-z0-9_-]{43,86}\s*(,\s*[a-z0-9]{1,8}:[A-Za-z0-9_-]{43,86}\s*)*$/, {
      error: "PLAYBACK_KEYS must be a list like id:key,id:key; npm run kinora -- keys playback prints one.",
    })
    .default(""),
  REQUIRE_VERIFIED_EMAIL: z.enum(["on", "off"]).default("off"),
  ACCOUNT_DELETION_GRACE_DAYS: z.coerce.number().int().min(1).max(365).default(14),
  STORAGE_URL: storageUrl.optional(),
  TRUSTED_PROXIES: z.string().default(""),
  RATE_LIMITS: z.enum(["on", "off"]).default("on"),
  CORS_ORIGINS: z.string().default(""),
  WORKER_CONCURRENCY: z.coerce.number().int().min(1).max(64).optional(),
  WORKER_METRICS_PORT: port.default(0),
  FFMPEG_PATH: z.string().optional(),
  FFMPEG_MEMORY_BYTES: bytes.min(512 * 1024 ** 2).default(12 * 1024 ** 3),
  FFMPEG_STALL_SECONDS: z.coerce.number().positive().max(3_600).default(60),
  LABELS: z.enum(["on", "off"]).default("on"),
  LABELS_SECONDS: z.coerce.number().positive().max(600).default(30),
  PROCESSING_TIME_FACTOR: z.coerce.number().min(0.01).max(100).default(1),
  MAX_DURATION_SECONDS: z.coerce.number().int().positive().default(43_200),
  MAX_PIXELS: z.coerce.number().int().positive().default(36_000_000),
  MAX_STREAMS: z.coerce.number().int().min(1).max(1_000).default(100),
  MAX_UPLOAD_BYTES: bytes.optional(),
  SCRATCH_FREE_BYTES: z.coerce
    .number()
    .int()
    .nonnegative()
    .default(512 * 1024 ** 2),
  SCRATCH_MAX_BYTES: bytes.optional(),
  LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"]).default("info"),
  METRICS_TOKEN: z.string().min(16, { error: "METRICS_TOKEN must have at least 16 characters." }).optional(),
  TYPESENSE_URL: nodeAddresses.optional(),
  TYPESENSE_API_KEY: z.string().optional(),
  TYPESENSE_PREFIX: z
    .string()
    .regex(/^[a-z][a-z0-9_-]{0,40}$/, { error: "TYPESENSE_PREFIX must be letters, digits, - and _, a letter first." })
    .default("kinora"),
  SMTP_URL: z
    .string()
    .refine((value) => /^smtps?:\/\/[^/]/.test(value) && URL.canParse(value), {
      error: "SMTP_URL must be an address like smtp://user:password@mail.example.org:587 or smtps://….",
    })
    .optional(),
  MAIL_FROM: z
    .string()
    .regex(/^(?:[^<>@\r\n,;]+ <[^\s<>@,;]+@[^\s<>@,;]+>|[^\s<>@,;]+@[^\s<>@,;]+)$/, {
      error: "MAIL_FROM must be an address, alone or as Name <name@example.org>.",
    })
    .optional(),
  REDIS_URL: z
    .string()
    .refine((value) => /^rediss?:\/\/[^/]/.test(value) && URL.canParse(value), {
      error: "REDIS_URL must be an address like redis://cache.example.org:6379 or rediss://….",
    })
    .optional(),
  WEBHOOK_PRIVATE_TARGETS: z.enum(["deny", "allow"]).default("deny"),
  DEFAULT_STORAGE_QUOTA_BYTES: bytes.optional(),
  DEFAULT_DAILY_UPLOAD_BYTES: bytes.optional(),
  DEFAULT_MONTHLY_DELIVERY_BYTES: bytes.optional(),
  TEST_DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, { error: "TEST_DATABASE_URL must start with postgres:// or postgresql://." })
    .optional(),
  INIT_CWD: z.string().optional(),
  KINORA_LAUNCHER_PID: z.coerce.number().int().positive().optional(),
  KINORA_DIST_DIR: z
    .string()
    .regex(/^\.next[a-z0-9-]*$/)
    .default(".next"),
});

/** The whole configuration, validated. Paths are absolute; lists are split; sizes are in bytes. */
export type Env = {
  nodeEnv: "development" | "production" | "test";
  port: number;
  host: string;
  /** Address people use, without a trailing slash; null when it follows from the request. */
  publicUrl: string | null;
  dataDir: string;
  /** Folder of the file storage. */
  storageDir: string;
  /** Null when the launcher shall run the embedded server. */
  databaseUrl: string | null;
  authSecret: string | null;
  /** Keys of media addresses as `id:key`, the signing one first; empty for one that follows from `authSecret`. */
  playbackKeys: readonly string[];
  adminEmail: string | null;
  adminPassword: string | null;
  /** Who may open an account; `approval`: anybody, and an admin lets them in. */
  signup: "open" | "closed" | "approval";
  signupRole: "viewer" | "creator";
  /** Whether uploading waits for a confirmed address. */
  requireVerifiedEmail: boolean;
  /** How long an account whose owner asked for its deletion can be taken back. */
  accountGraceDays: number;
  trustedProxies: readonly string[];
  rateLimits: boolean;
  corsOrigins: readonly string[];
  /** Heavy jobs (encodes) at the same time in one worker process. */
  workerConcurrency: number;
  /** 0 switches the worker's own metrics address off. */
  workerMetricsPort: number;
  ffmpegPath: string | null;
  /** Most address space that one ffmpeg may take. */
  ffmpegMemoryBytes: number;
  /** Whether a model looks at stills for tags to suggest. */
  labels: boolean;
  /** How long it may look at one video. */
  labelsSeconds: number;
  /** How long an ffmpeg may go without progress. */
  ffmpegStallSeconds: number;
  /** Stretches or shrinks every limit on processing time. */
  processingTimeFactor: number;
  /** Longest, largest and most divided file that is processed. */
  maxDurationSeconds: number;
  maxPixels: number;
  maxStreams: number;
  maxUploadBytes: number | null;
  /** What an account may store, upload in a day and deliver in a month unless an admin says otherwise; null for no limit. */
  storageQuotaBytes: number | null;
  dailyUploadBytes: number | null;
  monthlyDeliveryBytes: number | null;
  /** What processing leaves free on the disk of its scratch folder. */
  scratchFreeBytes: number;
  /** Most that the scratch folder may hold; null for as much as the disk has. */
  scratchMaxBytes: number | null;
  logLevel: string;
  metricsToken: string | null;
  /** Server that takes our mails and whom they come from; null when mails are only written. */
  smtp: { url: string; from: string } | null;
  /** The search server, by its nodes, and how the names of our collections begin; null when PostgreSQL alone answers. */
  typesense: { nodes: readonly string[]; apiKey: string; prefix: string } | null;
  /** Shared store of the rate limits; null for the database. */
  redisUrl: string | null;
  /** How many hits each class of requests may have in how long. */
  limits: Readonly<Record<LimitName, Limit>>;
  /** Services with which people may sign in. */
  signInServices: Readonly<SignInServices>;
  /** Whether webhooks may lead into the operator's own network. */
  webhookPrivateTargets: boolean;
  /** Server on which the tests make their databases; null when they shall start one. */
  testDatabaseUrl: string | null;
  /** Folder in which the person typed the command; npm runs it in the project's own. */
  invokedDir: string;
  /** Process that started this one; when it is gone this one ends too. Null when nobody watches over it. */
  launcherPid: number | null;
  /** Next's output folder, so that a test build never breaks a running site. */
  distDir: string;
};

/** Thrown when the configuration is faulty; `faults` holds one sentence per fault, all of them at once. */
export class EnvError extends Error {
  readonly faults: readonly string[];
  constructor(faults: readonly string[]) {
    super(`The configuration has ${faults.length} fault(s):\n${faults.map((fault) => `  - ${fault}`).join("\n")}`);
    this.name = "EnvError";
    this.faults = faults;
  }
}

const faultText = (issue: { path: PropertyKey[]; message: string }) => {
  const name = String(issue.path[0] ?? "environment");
  return issue.message.includes(name) ? issue.message : `${name}: ${issue.message}`;
};

const mailFaults = ({ SMTP_URL, MAIL_FROM, PUBLIC_URL }: Record<string, unknown>): string[] => {
  if (SMTP_URL === undefined && MAIL_FROM === undefined) return [];
  if (SMTP_URL === undefined || MAIL_FROM === undefined)
    return ["SMTP_URL and MAIL_FROM go together; set both or neither."];
  return PUBLIC_URL === undefined ? ["PUBLIC_URL must be set beside SMTP_URL: mails name addresses of this site."] : [];
};

const toEnv = (
  value: z.output<typeof schema>,
  { limits, signInServices }: Pick<Env, "limits" | "signInServices">,
): Env => {
  const dataDir = resolve(value.DATA_DIR);
  return {
    nodeEnv: value.NODE_ENV,
    port: value.PORT,
    host: value.HOST,
    publicUrl: value.PUBLIC_URL?.replace(/\/+$/, "") ?? null,
    dataDir,
    storageDir: value.STORAGE_URL === undefined ? resolve(dataDir, "storage") : storagePath(value.STORAGE_URL),
    databaseUrl: value.DATABASE_URL ?? null,
    authSecret: value.AUTH_SECRET ?? null,
    playbackKeys: list(value.PLAYBACK_KEYS),
    adminEmail: value.ADMIN_EMAIL ?? null,
    adminPassword: value.ADMIN_PASSWORD ?? null,
    signup: value.SIGNUP,
    signupRole: value.SIGNUP_ROLE,
    requireVerifiedEmail: value.REQUIRE_VERIFIED_EMAIL === "on",
    accountGraceDays: value.ACCOUNT_DELETION_GRACE_DAYS,
    trustedProxies: list(value.TRUSTED_PROXIES),
    rateLimits: value.RATE_LIMITS === "on",
    corsOrigins: list(value.CORS_ORIGINS),
    workerConcurrency: value.WORKER_CONCURRENCY ?? Math.min(mostConcurrency, availableParallelism()),
    workerMetricsPort: value.WORKER_METRICS_PORT,
    ffmpegPath: value.FFMPEG_PATH ?? null,
    ffmpegMemoryBytes: value.FFMPEG_MEMORY_BYTES,
    labels: value.LABELS === "on",
    labelsSeconds: value.LABELS_SECONDS,
    ffmpegStallSeconds: value.FFMPEG_STALL_SECONDS,
    processingTimeFactor: value.PROCESSING_TIME_FACTOR,
    maxDurationSeconds: value.MAX_DURATION_SECONDS,
    maxPixels: value.MAX_PIXELS,
    maxStreams: value.MAX_STREAMS,
    maxUploadBytes: value.MAX_UPLOAD_BYTES ?? null,
    storageQuotaBytes: value.DEFAULT_STORAGE_QUOTA_BYTES ?? null,
    dailyUploadBytes: value.DEFAULT_DAILY_UPLOAD_BYTES ?? null,
    monthlyDeliveryBytes: value.DEFAULT_MONTHLY_DELIVERY_BYTES ?? null,
    scratchFreeBytes: value.SCRATCH_FREE_BYTES,
    scratchMaxBytes: value.SCRATCH_MAX_BYTES ?? null,
    logLevel: value.LOG_LEVEL,
    metricsToken: value.METRICS_TOKEN ?? null,
    smtp: smtpOf(value.SMTP_URL, value.MAIL_FROM),
    typesense: typesenseOf(value),
    redisUrl: value.REDIS_URL ?? null,
    limits,
    signInServices,
    webhookPrivateTargets: value.WEBHOOK_PRIVATE_TARGETS === "allow",
    testDatabaseUrl: value.TEST_DATABASE_URL ?? null,
    invokedDir: resolve(value.INIT_CWD ?? "."),
    launcherPid: value.KINORA_LAUNCHER_PID ?? null,
    distDir: value.KINORA_DIST_DIR,
  };
};

/** Reads a configuration from `source`. Throws `EnvError` with every fault. Pure: touches no file and no global. */
export const parseEnv = (source: Record<string, string | undefined>): Env => {
  const cleaned = Object.fromEntries(Object.entries(source).map(([key, value]) => [key, blankToUndefined(value)]));
  const result = schema.safeParse(cleaned);
  const faults = result.success ? [] : result.error.issues.map(faultText);
  if ((cleaned.ADMIN_EMAIL === undefined) !== (cleaned.ADMIN_PASSWORD === undefined)) {
    faults.push("ADMIN_EMAIL and ADMIN_PASSWORD go together; set both or neither.");
  }
  if ((cleaned.TYPESENSE_URL === undefined) !== (cleaned.TYPESENSE_API_KEY === undefined)) {
    faults.push("TYPESENSE_URL and TYPESENSE_API_KEY go together; set both or neither.");
  }
  faults.push(...mailFaults(cleaned));
  const limits = readLimits(cleaned);
  const signIn = readSignInServices(cleaned);
  faults.push(...limits.faults, ...signIn.faults);
  const production = (cleaned.NODE_ENV ?? "production") === "production";
  if (production && cleaned.DATABASE_URL !== undefined && cleaned.AUTH_SECRET === undefined) {
    faults.push("AUTH_SECRET must be set beside DATABASE_URL (32 characters or more), the same for every process.");
  }
  if (!result.success || faults.length > 0) throw new EnvError(faults);
  return toEnv(result.data, { limits: limits.limits, signInServices: signIn.services });
};

const smtpOf = (url: string | undefined, from: string | undefined) =>
  url === undefined || from === undefined ? null : { url, from };

const typesenseOf = (
  value: Pick<z.output<typeof schema>, "TYPESENSE_URL" | "TYPESENSE_API_KEY" | "TYPESENSE_PREFIX">,
) => {
  const { TYPESENSE_URL: urls, TYPESENSE_API_KEY: apiKey, TYPESENSE_PREFIX: prefix } = value;
  if (urls === undefined || apiKey === undefined) return null;
  return { nodes: list(urls).map((url) => url.replace(/\/+$/, "")), apiKey, prefix };
};

const storagePath = (url: string) => resolve(url.replace(/^file:(\/\/)?/, ""));

let cached: Env | undefined;

/** The process's configuration, read once on first use. Throws `EnvError` when it is faulty. */
export const env = (): Env => {
  cached ??= parseEnv(process.env);
  return cached;
};

/** Address of the database. Throws when none is set, which only the launcher may leave open. */
export const requireDatabaseUrl = (): string => {
  const { databaseUrl } = env();
  if (databaseUrl === null)
    throw new EnvError(["DATABASE_URL is not set; start Kinora with npm start, which sets it."]);
  return databaseUrl;
};

/** Secret that all keys are derived from. Throws when none is set, which only the launcher may leave open. */
export const requireAuthSecret = (): string => {
  const { authSecret } = env();
  if (authSecret === null) throw new EnvError(["AUTH_SECRET is not set; start Kinora with npm start, which sets it."]);
  return authSecret;
};

/**
 * Lays `overrides` over this process's environment and has the configuration read anew; undefined removes a variable.
 * For the launcher, which finds the database's address only after it has started the server, and for tests.
 */
export const overrideEnv = (overrides: Record<string, string | undefined>): void => {
  for (const [name, value] of Object.entries(overrides)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  cached = undefined;
};

/** The environment for a child process: this process's own with `overrides` laid over it. */
export const childEnvironment = (overrides: Record<string, string | undefined>): NodeJS.ProcessEnv => ({
  ...process.env,
  ...overrides,
});

/**
 * Lets next-auth take its own address from the request's host: it knows no other way than these variables, and a fixed
 * address would break every other name of this machine. Its callers pass a host that was checked.
 */
export const trustRequestHost = (): void => {
  process.env.AUTH_TRUST_HOST = "true";
  delete process.env.NEXTAUTH_URL;
};
