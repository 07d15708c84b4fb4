import { childEnvironment } from "#lib/env.ts";
import { nextProgram, projectRoot, workerProgram } from "#scripts/start/project.ts";

/** Whether a site serves built pages or pages that are built as they change. */
export type SiteMode = "production" | "development";

/** Facts from which the processes of a site follow. */
export type SiteFacts = {
  mode: SiteMode;
  port: number;
  host: string;
  dataDir: string;
  databaseUrl: string;
  authSecret: string;
  distDir: string;
};

/** A process of a site: its name in the records and how it is started. */
export type SiteProcess = {
  name: "web" | "worker";
  args: readonly string[];
  cwd: string;
  env: NodeJS.ProcessEnv;
  port?: number;
};

const environmentOf = (facts: SiteFacts) =>
  childEnvironment({
    NODE_ENV: facts.mode,
    DATABASE_URL: facts.databaseUrl,
    AUTH_SECRET: facts.authSecret,
    DATA_DIR: facts.dataDir,
    PORT: String(facts.port),
    HOST: facts.host,
    KINORA_DIST_DIR: facts.distDir,
    KINORA_LAUNCHER_PID: String(process.pid),
    NEXT_TELEMETRY_DISABLED: "1",
  });

// Upload chunks come and go through many threads' heaps of glibc, which then keep what was freed: with two of them the
// peak above idle fell from 109 to 78 MB in a 2 GiB upload, at the same speed. Other C libraries ignore it.
const webMemory = { MALLOC_ARENA_MAX: "2" };

/** The web process and the worker of a site, in the order in which they are stopped. */
export const siteProcesses = (facts: SiteFacts): readonly [web: SiteProcess, worker: SiteProcess] => {
  const env = environmentOf(facts);
  const development = facts.mode === "development";
  const address = ["-p", String(facts.port), "-H", facts.host];
  return [
    {
      name: "web",
      args: [nextProgram, development ? "dev" : "start", ...address],
      cwd: projectRoot,
      env: { ...webMemory, ...env },
      port: facts.port,
    },
    { name: "worker", args: [...(development ? ["--watch"] : []), workerProgram], cwd: projectRoot, env },
  ];
};
