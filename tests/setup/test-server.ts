import { randomBytes } from "node:crypto";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { migrate } from "#lib/db/migrate.ts";
import { env } from "#lib/env.ts";
import { startPostgres, stopPostgres } from "#scripts/start/postgres/server.ts";

/** The server of a test run with its migrated template database. */
export type TestServer = {
  /** Address of the server's own database, for creating and dropping. */
  adminUrl: string;
  template: string;
  stop: () => Promise<void>;
};

const startServer = async (given: string | null) => {
  if (given !== null) return { adminUrl: given, stop: async () => undefined };
  const dataDir = await mkdtemp(join(tmpdir(), "kinora-tests-"));
  // As root the server runs as another user, who must be able to enter.
  await chmod(dataDir, 0o711);
  const server = await startPostgres({ dataDir, preferredPort: null, durable: false });
  return {
    adminUrl: server.url("postgres"),
    stop: async () => {
      await stopPostgres(server, { hurry: true });
      await rm(dataDir, { recursive: true, force: true });
    },
  };
};

/** Address of another database of the same server. */
export const databaseUrlOf = (adminUrl: string, database: string): string => {
  const url = new URL(adminUrl);
  url.pathname = `/${database}`;
  return url.href;
};

/** Runs one administrative statement on the server. */
export const onServer = async (adminUrl: string, statement: string): Promise<void> => {
  const sql = postgres(adminUrl, { max: 1, onnotice: () => undefined });
  try {
    await sql.unsafe(statement);
  } finally {
    await sql.end({ timeout: 5 });
  }
};

/**
 * Starts the run's server (or takes the one in TEST_DATABASE_URL; with `given: null` never) and migrates a template database
 * once.
 */
export const startTestServer = async ({
  given = env().testDatabaseUrl,
}: {
  given?: string | null;
} = {}): Promise<TestServer> => {
  const { adminUrl, stop } = await startServer(given);
  const template = `kinora_template_${process.pid}_${randomBytes(4).toString("hex")}`;
  try {
    await onServer(adminUrl, `create database ${template}`);
    await migrate({ databaseUrl: databaseUrlOf(adminUrl, template) });
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    adminUrl,
    template,
    stop: async () => {
      await onServer(adminUrl, `drop database if exists ${template} with (force)`);
      await stop();
    },
  };
};
