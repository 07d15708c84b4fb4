import { join } from "node:path";
import { closeDb } from "#lib/db/client.ts";
import { migrate } from "#lib/db/migrate.ts";
import { env, overrideEnv } from "#lib/env.ts";
import { askAddress, shownAddress } from "#scripts/start/ask-address.ts";
import { buildSite } from "#scripts/start/build-site.ts";
import { dataPaths, ensureDataDir } from "#scripts/start/data-dir.ts";
import { EmbeddedDatabase } from "#scripts/start/embedded-database.ts";
import { firstAdminLink } from "#scripts/start/first-admin-link.ts";
import { freePort, isPortFree } from "#scripts/start/free-port.ts";
import { ensureMediaTools, offerConfinement } from "#scripts/start/install-tools.ts";
import { keepFile } from "#scripts/start/keep-file.ts";
import { LaunchError } from "#scripts/start/launch-error.ts";
import { endLeftOvers } from "#scripts/start/left-overs.ts";
import { projectRoot } from "#scripts/start/project.ts";
import { secretFile } from "#scripts/start/secret-file.ts";
import { type SiteFacts, type SiteMode, siteProcesses } from "#scripts/start/site-plan.ts";
import { listenForStop, type StopSignals } from "#scripts/start/stop-signals.ts";
import { SupervisedProcess } from "#scripts/start/supervised-process.ts";
import { takeDataDir } from "#scripts/start/take-data-dir.ts";
import { waitUntilReady } from "#scripts/start/wait-until-ready.ts";

const webGraceMs = 10_000;
const workerGraceMs = 20_000;
const postgresGraceMs = 20_000;
const readyMs = 120_000;
const hopelessFailures = 4;

const say = (line: string) => console.log(line);

const onDeath = ({ name, reason, retryInMs }: { name: string; reason: string; retryInMs: number }) =>
  console.error(`The ${name} process ended by itself (${reason}); it is started again in ${retryInMs / 1000} s.`);

const choosePort = async () => {
  const { port, host } = env();
  if (port === 0) return freePort(host);
  if (await isPortFree({ port, host })) return port;
  throw new LaunchError(`Port ${port} is taken; stop what uses it or set PORT to another one.`);
};

/** What must be released when the site ends, last acquired first. */
type Releases = (() => Promise<void>)[];

const openDatabase = async ({ signals, releases }: { signals: StopSignals; releases: Releases }) => {
  const { dataDir, databaseUrl } = env();
  if (databaseUrl !== null) return databaseUrl;
  const database = new EmbeddedDatabase({ dataDir, signal: signals.stop, onDeath });
  releases.push(() => database.stop({ graceMs: postgresGraceMs, hurry: signals.hurry }));
  return database.start();
};

const prepare = async ({ mode, signals, releases }: Run): Promise<SiteFacts> => {
  const { dataDir, host, distDir } = env();
  await ensureDataDir(dataDir);
  const hold = await takeDataDir(dataDir);
  releases.push(hold.release);
  await endLeftOvers(dataDir);
  const port = await choosePort();
  await ensureMediaTools(say);
  await offerConfinement({ dataDir, say });
  const authSecret = env().authSecret ?? (await secretFile(dataPaths(dataDir).authSecret));
  if (mode === "production")
    await buildSite({ distDir, logsDir: dataPaths(dataDir).logsDir, say, signal: signals.stop });
  signals.stop.throwIfAborted();
  const databaseUrl = await openDatabase({ signals, releases });
  overrideEnv({ DATABASE_URL: databaseUrl, AUTH_SECRET: authSecret, DATA_DIR: dataDir });
  await migrate({ signal: signals.stop });
  return { mode, port, host, dataDir, databaseUrl, authSecret, distDir };
};

type Run = { mode: SiteMode; signals: StopSignals; releases: Releases };

const startProcesses = async ({
  facts,
  signals,
  releases,
}: {
  facts: SiteFacts;
  signals: StopSignals;
  releases: Releases;
}) => {
  const [web, worker] = siteProcesses(facts).map(
    (spec) => new SupervisedProcess({ ...spec, dataDir: facts.dataDir, command: process.execPath, onDeath }),
  );
  if (web === undefined || worker === undefined) throw new Error("A site has a web process and a worker.");
  releases.push(() => worker.stop({ graceMs: workerGraceMs, hurry: signals.hurry }));
  await worker.start();
  releases.push(() => web.stop({ graceMs: webGraceMs, hurry: signals.hurry }));
  await web.start();
  return web;
};

const announce = async ({
  facts,
  web,
  signals,
}: {
  facts: SiteFacts;
  web: SupervisedProcess;
  signals: StopSignals;
}) => {
  const ready = await waitUntilReady({
    url: askAddress(facts),
    timeoutMs: readyMs,
    signal: signals.stop,
    hasFailed: () => web.failures >= hopelessFailures,
  });
  if (signals.stop.aborted) return;
  if (!ready) throw new LaunchError("The site did not become ready; its words are above.");
  const address = shownAddress(facts);
  const link = await firstAdminLink(address);
  await closeDb();
  if (link !== null) say(`Make the first admin's account here (the link works once): ${link}`);
  say(`Kinora is ready on ${address}`);
};

const untilStopped = (signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });

const releaseAll = async (releases: Releases) => {
  for (const release of releases.reverse()) {
    await release().catch((error: unknown) => console.error(error));
  }
};

/**
 * Runs a site until a signal stops it: prepares what is missing, starts PostgreSQL (unless one is given), worker and web,
 * says when it is ready, and stops them in the order web, worker, PostgreSQL. Throws `LaunchError` and `EnvError` for what
 * the operator can mend, after everything that had been started is stopped again.
 */
export const runSite = async (mode: SiteMode): Promise<void> => {
  const signals = listenForStop();
  const releases: Releases = [];
  try {
    const facts = await prepare({ mode, signals, releases });
    const restoreConfig = await keepFile(join(projectRoot, "tsconfig.json"));
    const web = await startProcesses({ facts, signals, releases });
    // Not at the end: by then a developer may have edited it.
    await announce({ facts, web, signals }).finally(restoreConfig);
    await untilStopped(signals.stop);
    say("Stopping.");
  } catch (error) {
    if (!signals.stop.aborted) throw error;
  } finally {
    await releaseAll(releases);
    signals.dispose();
  }
};
