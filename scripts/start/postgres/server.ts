import { type ChildProcess, spawn } from "node:child_process";
import { mkdir, open } from "node:fs/promises";
import { totalmem } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import { childEnvironment } from "#lib/env.ts";
import { dataPaths } from "#scripts/start/data-dir.ts";
import { freePort, isPortFree } from "#scripts/start/free-port.ts";
import { LaunchError } from "#scripts/start/launch-error.ts";
import { postgresBinaries } from "#scripts/start/postgres/binaries.ts";
import { ensureCluster } from "#scripts/start/postgres/cluster.ts";
import { choosePlace, type PostgresPlace } from "#scripts/start/postgres/place.ts";
import { type ServerUser, serverUser } from "#scripts/start/postgres/server-user.ts";
import { clearStaleServer } from "#scripts/start/postgres/stale-pid-file.ts";
import { secretFile } from "#scripts/start/secret-file.ts";

/** A running embedded server. `child` leads a process group of its own. */
export type PostgresServer = {
  child: ChildProcess;
  port: number;
  clusterDir: string;
  /** Address of one of its databases. */
  url: (database: string) => string;
};

/** What an embedded server is started with. `durable: false` gives up safety against power cuts, for tests. */
export type StartPostgres = { dataDir: string; preferredPort: number | null; durable?: boolean; signal?: AbortSignal };

const host = "127.0.0.1";
const startMs = 60_000;

const mebibyte = 1024 ** 2;

/**
 * Memory in MiB that the server keeps pages in (`shared_buffers`): at most a quarter of the machine's or the container's, with which
 * PostgreSQL's manual ("Resource Consumption") begins for servers of their own, but no less than its own default. It is taken as
 * pages are read and never more than the database's size, so that a small one leaves it to the encoders.
 */
const bufferMebibytes = (): number => {
  // Zero, or more than there is, where nothing constrains the process.
  const constrained = process.constrainedMemory();
  const memory = constrained > 0 ? Math.min(totalmem(), constrained) : totalmem();
  return Math.round(Math.min(8192, Math.max(128, memory / 4 / mebibyte)));
};

const serverSettings = (durable: boolean): readonly string[] => [
  `listen_addresses=${host}`,
  // Loopback TCP alone: a socket's folder may not exist, and its path may be too long.
  "unix_socket_directories=",
  "max_connections=200",
  "password_encryption=scram-sha-256",
  `shared_buffers=${bufferMebibytes()}MB`,
  ...(durable ? [] : ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]),
];

const choosePort = async (preferred: number | null) =>
  preferred !== null && (await isPortFree({ port: preferred, host })) ? preferred : await freePort(host);

type Spawn = { place: PostgresPlace; user: ServerUser; port: number; logFile: string; durable: boolean };

const spawnServer = async ({ place, user, port, logFile, durable }: Spawn) => {
  const log = await open(logFile, "a", 0o600);
  try {
    return spawn(
      join(place.binDir, "postgres"),
      ["-D", place.clusterDir, "-p", String(port), ...serverSettings(durable).flatMap((setting) => ["-c", setting])],
      {
        cwd: place.clusterDir,
        // A group of its own: the terminal's Ctrl-C must not reach it before the worker has ended.
        detached: true,
        stdio: ["ignore", log.fd, log.fd],
        env: childEnvironment({ LC_ALL: undefined, LC_MESSAGES: "C", PGDATA: undefined, PGPORT: undefined }),
        ...(user ?? {}),
      },
    );
  } finally {
    await log.close();
  }
};

const waitUntilReady = async ({ child, url, logFile, signal }: WaitUntilReady) => {
  const sql = postgres(url, { max: 1, connect_timeout: 5, onnotice: () => undefined });
  const until = Date.now() + startMs;
  try {
    for (;;) {
      signal?.throwIfAborted();
      const ready = await sql`select 1`.then(
        () => true,
        () => false,
      );
      if (ready) return;
      if (child.exitCode !== null || child.signalCode !== null || Date.now() > until) {
        throw new LaunchError(`The embedded PostgreSQL did not start; see ${logFile}.`);
      }
      await sleep(50);
    }
  } finally {
    await sql.end({ timeout: 1 });
  }
};

type WaitUntilReady = { child: ChildProcess; url: string; logFile: string; signal: AbortSignal | undefined };

/**
 * Starts the embedded server of a data folder and waits until it answers; makes its cluster first when there is none, and
 * clears what a killed one left behind. Throws `LaunchError` when it cannot.
 */
export const startPostgres = async (input: StartPostgres): Promise<PostgresServer> => {
  const { dataDir, preferredPort, durable = true, signal } = input;
  const paths = dataPaths(dataDir);
  const user = await serverUser();
  const place = await choosePlace({ binaries: await postgresBinaries(), dataDir, user });
  const password = await secretFile(paths.postgresPassword);
  await ensureCluster({ place, user, password });
  await clearStaleServer(place.clusterDir);
  const port = await choosePort(preferredPort);
  await mkdir(paths.logsDir, { recursive: true });
  const logFile = join(paths.logsDir, "postgres.log");
  const child = await spawnServer({ place, user, port, logFile, durable });
  child.once("error", () => undefined);
  const url = (database: string) => `postgres://postgres:${password}@${host}:${port}/${database}`;
  try {
    await waitUntilReady({ child, url: url("postgres"), logFile, signal });
  } catch (error) {
    child.kill("SIGINT");
    throw error;
  }
  return { child, port, clusterDir: place.clusterDir, url };
};

/** Ends the server: at once for its clients, in order for its data. `hurry` skips the checkpoint. Resolves when it is gone. */
export const stopPostgres = ({ child }: PostgresServer, { hurry = false } = {}): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) {
      resolve();
      return;
    }
    child.once("exit", () => resolve());
    child.kill(hurry ? "SIGQUIT" : "SIGINT");
  });
