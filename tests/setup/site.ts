import { type ChildProcess, spawn } from "node:child_process";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { childEnvironment } from "#lib/env.ts";
import { freePort } from "#scripts/start/free-port.ts";
import { readLiveRecord } from "#scripts/start/process-record.ts";
import { projectRoot } from "#scripts/start/project.ts";
import { createDatabase } from "#tests/setup/database.ts";
import { waitFor } from "#tests/setup/wait-for.ts";

/** A real site, started by the real launcher on the production build. */
export type Site = {
  /** Address without a trailing slash. */
  url: string;
  dataDir: string;
  databaseUrl: string;
  launcherPid: number;
  /** Number of the running web process; waits for it when it is being started again. */
  webPid: () => Promise<number>;
  workerPid: () => Promise<number>;
  /** Everything its processes have printed so far. */
  output: () => string;
  /** Stops it in order and removes its data and database. */
  stop: () => Promise<void>;
};

/** How a test site differs from the usual one. An `env` value of undefined unsets the variable. */
export type StartSite = { env?: Record<string, string | undefined> };

const readyMs = 240_000;
const readyLine = /^Kinora is ready on (http:\/\/localhost:\d+)$/m;
const ended = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null;

/** A launcher process and what it has said. */
export type Launcher = {
  child: ChildProcess;
  output: () => string;
  ready: () => Promise<string>;
  end: () => Promise<number | null>;
};

/**
 * Starts `scripts/start.ts` in a process group of its own with these variables over the environment. `ready` waits for its
 * line and gives the site's address; `end` waits for its exit and gives the code.
 */
export const spawnLauncher = (variables: Record<string, string | undefined>): Launcher => {
  const child = spawn(process.execPath, [join(projectRoot, "scripts", "start.ts")], {
    cwd: projectRoot,
    detached: true,
    // With the channel it notices when this test process dies.
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    env: childEnvironment({ NODE_ENV: "production", VITEST: undefined, ...variables }),
  });
  let text = "";
  const collect = (chunk: Buffer) => {
    text += chunk.toString("utf8");
  };
  child.stdout?.on("data", collect);
  child.stderr?.on("data", collect);
  const ready = () =>
    waitFor({
      until: () => {
        const url = readyLine.exec(text)?.[1] ?? null;
        if (url === null && ended(child)) throw new Error(`The site ended before it was ready:\n${text}`);
        return url;
      },
      timeoutMs: readyMs,
      what: "The site's start",
    });
  const end = async () => {
    await waitFor({ until: () => (ended(child) ? true : null), timeoutMs: 60_000, what: "The launcher's end" });
    return child.exitCode;
  };
  return { child, output: () => text, ready, end };
};

const pidOf = (dataDir: string, name: string) =>
  waitFor({
    until: async () => (await readLiveRecord(dataDir, name))?.pid ?? null,
    timeoutMs: 60_000,
    what: `A running ${name} process`,
  });

/** Variables of a test site that lives in `dataDir`. */
export const siteVariables = async (dataDir: string): Promise<Record<string, string | undefined>> => ({
  PORT: String(await freePort()),
  HOST: "127.0.0.1",
  DATA_DIR: dataDir,
  KINORA_DIST_DIR: ".next-test",
  LOG_LEVEL: "info",
  RATE_LIMITS: "off",
});

/** A data folder that the embedded server's own user can enter too. */
export const makeDataDir = async (): Promise<string> => {
  const dataDir = await mkdtemp(join(tmpdir(), "kinora-site-"));
  await chmod(dataDir, 0o711);
  return dataDir;
};

/**
 * Starts a whole site with a data folder and a database of its own on a free port. The pages are built once into a folder
 * of their own; later starts find them built. For tests of the projects that have a server.
 */
export const startSite = async ({ env: variables = {} }: StartSite = {}): Promise<Site> => {
  const dataDir = await makeDataDir();
  const database = await createDatabase();
  const launcher = spawnLauncher({
    ...(await siteVariables(dataDir)),
    DATABASE_URL: database.url,
    AUTH_SECRET: "a-secret-for-a-test-site-a-secret-for-a-test-site",
    ...variables,
  });
  const stop = async () => {
    if (!ended(launcher.child)) launcher.child.kill("SIGTERM");
    await launcher.end();
    await database.drop();
    await rm(dataDir, { recursive: true, force: true });
  };
  try {
    const url = await launcher.ready();
    return {
      url,
      dataDir,
      databaseUrl: database.url,
      launcherPid: launcher.child.pid ?? 0,
      webPid: () => pidOf(dataDir, "web"),
      workerPid: () => pidOf(dataDir, "worker"),
      output: launcher.output,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
};
