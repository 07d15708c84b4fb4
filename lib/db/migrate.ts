import { fileURLToPath } from "node:url";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate as applyMigrations } from "drizzle-orm/postgres-js/migrator";
import { runMigrations } from "graphile-worker";
import postgres, { type Sql } from "postgres";
import { isConnectionError } from "#lib/db/client.ts";
import { requireDatabaseUrl } from "#lib/env.ts";
import { AppError } from "#lib/errors.ts";

/** The one key under which migrations run; any constant does as long as nobody else in this database uses it. */
const lockKey = 7_241_990_113;
const retryMs = 200;

/** Where to migrate and how long to wait for a server that is still starting. */
export type Migrate = {
  /** Address of the database; the configured one when absent. */
  databaseUrl?: string;
  /** Milliseconds to wait for the server to answer. */
  waitMs?: number;
  signal?: AbortSignal;
};

const migrationsFolder = fileURLToPath(new URL("../../drizzle", import.meta.url));

const pause = (ms: number, signal: AbortSignal | undefined) =>
  new Promise<void>((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal?.addEventListener(
      "abort",
      () => {
        clearTimeout(timer);
        reject(signal.reason);
      },
      { once: true },
    );
  });

const waitForServer = async (sql: Sql, { until, signal }: { until: number; signal: AbortSignal | undefined }) => {
  for (;;) {
    signal?.throwIfAborted();
    try {
      await sql`select 1`;
      return;
    } catch (error) {
      if (!isConnectionError(error)) throw error;
      if (Date.now() >= until) {
        throw new AppError("unavailable", { message: "The database does not answer.", cause: error });
      }
    }
    await pause(retryMs, signal);
  }
};

/**
 * Brings the database to this version: our own migrations, then the queue's. Safe to run from several processes at once,
 * because one advisory lock lets them in one after the other. Does nothing when all is up to date. Throws `unavailable`
 * when the server does not answer within `waitMs` (30 000 by default).
 */
export const migrate = async ({ databaseUrl, waitMs = 30_000, signal }: Migrate = {}): Promise<void> => {
  const connectionString = databaseUrl ?? requireDatabaseUrl();
  // One connection, so that the lock, the migrations and the unlock share a session.
  const sql = postgres(connectionString, {
    max: 1,
    max_lifetime: null,
    idle_timeout: 0,
    connect_timeout: 5,
    onnotice: () => undefined,
    connection: { application_name: "kinora-migrate" },
  });
  try {
    await waitForServer(sql, { until: Date.now() + waitMs, signal });
    await sql`select pg_advisory_lock(${lockKey})`;
    await applyMigrations(drizzle(sql), { migrationsFolder });
    await runMigrations({ connectionString });
    await sql`select pg_advisory_unlock(${lockKey})`;
  } finally {
    // Ending the session also frees the lock when a migration threw.
    await sql.end({ timeout: 5 });
  }
};
