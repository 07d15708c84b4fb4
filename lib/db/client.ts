import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres, { type Sql } from "postgres";
import * as schema from "#lib/db/schema/index.ts";
import { worthPreparing } from "#lib/db/worth-preparing.ts";
import { requireDatabaseUrl } from "#lib/env.ts";
import { AppError } from "#lib/errors.ts";

/** The pool, for single statements. */
export type Db = PostgresJsDatabase<typeof schema>;
/** An open transaction. */
export type Tx = Parameters<Parameters<Db["transaction"]>[0]>[0];
/** Where a query may run: alone or inside a transaction. */
export type DbOrTx = Db | Tx;

type Pool = { sql: Sql; db: Db };
type DbGlobals = { kinoraDb?: Pool; kinoraSearchDb?: Pool };
// Next bundles pages, routes and instrumentation apart; one pool per process needs globalThis.
const globals = globalThis as typeof globalThis & DbGlobals;

/**
 * A process that is frozen in the middle of a transaction (a suspended machine, SIGSTOP) holds its rows' locks, and others
 * wait for them: the server ends such a transaction. Ours do nothing slow between statements.
 */
const idleInTransactionMs = 20_000;

/**
 * drizzle asks for its statements to be sent unprepared (it says so in `options`): each is then parsed and planned at every
 * call, and asked for in two turns. This has the server keep those that are worth it. Transactions have a client of their own
 * and are left alone.
 */
const keepPlans = (sql: Sql, isWorth: (query: string) => boolean): void => {
  const { unsafe } = sql;
  sql.unsafe = (query, parameters, options) =>
    unsafe(query, parameters, isWorth(query) ? { ...options, prepare: true } : options);
};

const connect = ({ max, connection }: { max: number; connection: Record<string, string> }): Pool => {
  const sql = postgres(requireDatabaseUrl(), {
    max,
    connect_timeout: 10,
    idle_timeout: 60,
    onnotice: () => undefined,
    connection: { ...connection, idle_in_transaction_session_timeout: idleInTransactionMs },
  });
  return { sql, db: drizzle(sql, { schema, casing: "snake_case" }) };
};

const connectForSearch = (): Pool => {
  const connection = {
    application_name: "kinora-search",
    plan_cache_mode: "force_generic_plan",
    jit: "off",
    max_parallel_workers_per_gather: "0",
    // A plan for any value takes a range of time for a third of the table, and would read all of it.
    enable_seqscan: "off",
  };
  // Few, because every connection plans each of many statements for itself, and a process cannot ask for more than that.
  const pool = connect({ max: 4, connection });
  keepPlans(pool.sql, () => true);
  return pool;
};

const connectForAll = (): Pool => {
  const pool = connect({ max: 20, connection: { application_name: "kinora" } });
  keepPlans(pool.sql, worthPreparing());
  return pool;
};

/** The process's pool. Connects on first use. */
export const db = (): Db => {
  globals.kinoraDb ??= connectForAll();
  return globals.kinoraDb.db;
};

/**
 * A pool for searching and for what is told of the videos that were found: its statements are long and their plans depend on
 * no value, so that planning them anew each time, compiling them or starting helpers costs more than it brings.
 */
export const searchDb = (): Db => {
  globals.kinoraSearchDb ??= connectForSearch();
  return globals.kinoraSearchDb.db;
};

/** Closes the pools, waiting at most `timeoutSeconds` for running queries. The next `db()` opens a new one. */
export const closeDb = async (timeoutSeconds = 5): Promise<void> => {
  const open = [globals.kinoraDb, globals.kinoraSearchDb];
  delete globals.kinoraDb;
  delete globals.kinoraSearchDb;
  await Promise.all(open.map((pool) => pool?.sql.end({ timeout: timeoutSeconds })));
};

/**
 * A client of its own that neither ages nor idles out, for session advisory locks and LISTEN: the pool's connections are
 * closed after a while, and a lock would silently go with them. The caller ends it. `onClose` hears of every connection
 * that ends, whoever ended it.
 */
export const dedicatedClient = (options: { name: string; max?: number; onClose?: () => void }): Sql =>
  postgres(requireDatabaseUrl(), {
    max: options.max ?? 1,
    max_lifetime: null,
    idle_timeout: 0,
    connect_timeout: 10,
    onnotice: () => undefined,
    onclose: () => options.onClose?.(),
    connection: { application_name: options.name },
  });

const connectionCodes = new Set([
  // The server ended a transaction in which nothing happened for too long.
  "25P03",
  "CONNECTION_CLOSED",
  "CONNECTION_ENDED",
  "CONNECTION_DESTROYED",
  "CONNECT_TIMEOUT",
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "57P01",
  "57P02",
  "57P03",
  "53300",
]);

/** Whether `error` (or a cause of it) says that the database cannot be reached right now. */
export const isConnectionError = (error: unknown): boolean => {
  if (!(error instanceof Error)) return false;
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  return connectionCodes.has(code) || isConnectionError(error.cause);
};

const unstorableCodes = new Set(["22021", "22P05"]);

/** Whether `error` (or a cause of it) says that a text holds what PostgreSQL stores in none: a zero byte. */
export const isUnstorableText = (error: unknown): boolean => {
  if (!(error instanceof Error)) return false;
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  return unstorableCodes.has(code) || isUnstorableText(error.cause);
};

/** The violated constraint's name when `error` (or a cause of it) is a unique violation, else null. */
export const uniqueViolation = (error: unknown): string | null => {
  if (!(error instanceof Error)) return null;
  if ("code" in error && error.code === "23505" && "constraint_name" in error) return String(error.constraint_name);
  return uniqueViolation(error.cause);
};

/**
 * Runs `work` in one transaction: all of it commits or none. Throws what `work` throws, and `unavailable` when the
 * database cannot be reached.
 */
export const transaction = async <T>(work: (tx: Tx) => Promise<T>): Promise<T> => {
  try {
    return await db().transaction(work);
  } catch (error) {
    if (error instanceof AppError || !isConnectionError(error)) throw error;
    throw new AppError("unavailable", { cause: error });
  }
};
