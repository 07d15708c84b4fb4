import { closeDb } from "#lib/db/client.ts";
import { migrate } from "#lib/db/migrate.ts";
import { env, overrideEnv } from "#lib/env.ts";
import { dataPaths, ensureDataDir } from "#scripts/start/data-dir.ts";
import { endLeftOvers } from "#scripts/start/left-overs.ts";
import { startPostgres, stopPostgres } from "#scripts/start/postgres/server.ts";
import { readLiveRecord } from "#scripts/start/process-record.ts";
import { secretFile } from "#scripts/start/secret-file.ts";
import { takeDataDir } from "#scripts/start/take-data-dir.ts";

const runningUrl = async (dataDir: string) => {
  const port = (await readLiveRecord(dataDir, "postgres"))?.port;
  if (port === undefined) return null;
  return `postgres://postgres:${await secretFile(dataPaths(dataDir).postgresPassword)}@127.0.0.1:${port}/postgres`;
};

const withConfigured = async <T>(databaseUrl: string, work: () => Promise<T>): Promise<T> => {
  const { dataDir, authSecret } = env();
  overrideEnv({
    DATABASE_URL: databaseUrl,
    AUTH_SECRET: authSecret ?? (await secretFile(dataPaths(dataDir).authSecret)),
    DATA_DIR: dataDir,
  });
  try {
    await migrate();
    return await work();
  } finally {
    await closeDb();
  }
};

const withOwnServer = async <T>(dataDir: string, work: () => Promise<T>): Promise<T> => {
  const hold = await takeDataDir(dataDir);
  try {
    await endLeftOvers(dataDir);
    const server = await startPostgres({ dataDir, preferredPort: null });
    try {
      return await withConfigured(server.url("postgres"), work);
    } finally {
      await stopPostgres(server);
    }
  } finally {
    await hold.release();
  }
};

/**
 * Runs `work` with `db()` pointing at the site's database: the configured one, the embedded one of the running site, or
 * an embedded one started for the time of the command. Throws `LaunchError`.
 */
export const withDatabase = async <T>(work: () => Promise<T>): Promise<T> => {
  const { dataDir, databaseUrl } = env();
  await ensureDataDir(dataDir);
  const url = databaseUrl ?? (await runningUrl(dataDir));
  return url === null ? withOwnServer(dataDir, work) : withConfigured(url, work);
};
