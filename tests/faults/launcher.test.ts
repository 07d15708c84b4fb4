import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { childEnvironment } from "#lib/env.ts";
import { isAlive, type ProcessIdentity } from "#scripts/start/process-identity.ts";
import { type ProcessRecord, readLiveRecord, readRecord } from "#scripts/start/process-record.ts";
import { projectRoot } from "#scripts/start/project.ts";
import { runCommand } from "#scripts/start/run-command.ts";
import { type Launcher, makeDataDir, siteVariables, spawnLauncher } from "#tests/setup/site.ts";

const names = ["web", "worker", "postgres"] as const;

let dataDir: string;
let variables: Record<string, string | undefined>;
let launchers: Launcher[];

beforeEach(async () => {
  dataDir = await makeDataDir();
  variables = { ...(await siteVariables(dataDir)), DATABASE_URL: undefined, AUTH_SECRET: undefined };
  launchers = [];
});

afterEach(async () => {
  for (const launcher of launchers) {
    launcher.child.kill("SIGTERM");
    await launcher.end();
  }
  await rm(dataDir, { recursive: true, force: true });
});

const launch = (more: Record<string, string | undefined> = {}) => {
  const launcher = spawnLauncher({ ...variables, ...more });
  launchers.push(launcher);
  return launcher;
};

const records = async (): Promise<readonly ProcessRecord[]> => {
  const found = await Promise.all(names.map((name) => readLiveRecord(dataDir, name)));
  return found.filter((record) => record !== null);
};

/** Processes of this very site, whoever started them: their environment names its data folder. */
const processesOfSite = async () => {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const environments = await Promise.all(
    pids.map(async (pid) => ({ pid, text: await readFile(`/proc/${pid}/environ`, "utf8").catch(() => "") })),
  );
  return environments.filter(({ text }) => text.includes(`DATA_DIR=${dataDir}`)).map(({ pid }) => Number(pid));
};

/** What Ctrl-C does: the signal goes to every process of the launcher's group. */
const interruptGroup = (launcher: Launcher) => {
  if (launcher.child.pid !== undefined) process.kill(-launcher.child.pid, "SIGINT");
};

const allGone = async (identities: readonly ProcessIdentity[]) =>
  !(await Promise.all(identities.map((identity) => isAlive(identity)))).includes(true);

const listUsers = () =>
  runCommand({
    command: process.execPath,
    args: [join(projectRoot, "scripts", "kinora.ts"), "user", "list"],
    cwd: projectRoot,
    env: childEnvironment({ NODE_ENV: "production", ...variables }),
  });

test("Ctrl-C leaves no process, exits with 0, and the next start finds the data", async () => {
  const first = launch({ ADMIN_EMAIL: "first@example.org", ADMIN_PASSWORD: "correct horse battery 7" });
  await first.ready();
  const running = await records();
  expect(running.map(({ name }) => name).sort()).toEqual([...names].sort());

  interruptGroup(first);
  expect(await first.end()).toBe(0);
  expect(await allGone(running)).toBe(true);
  await expect.poll(processesOfSite).toEqual([]);

  const startedMs = Date.now();
  const second = launch();
  await second.ready();
  expect(Date.now() - startedMs).toBeLessThan(10_000);
  // An admin is there already, so no set-up link is printed again.
  expect(second.output()).not.toContain("/setup?token=");
  expect((await listUsers()).stdout).toContain("first@example.org");
});

test("after kill -9 of the starter nothing of it is left once the next start is up", async () => {
  const first = launch();
  await first.ready();
  const before = await records();
  first.child.kill("SIGKILL");
  await first.end();

  const second = launch();
  await second.ready();
  expect(await allGone(before)).toBe(true);
  const pids = new Set([...(await records()).map(({ pid }) => pid), second.child.pid]);
  expect(before.filter(({ pid }) => pids.has(pid))).toEqual([]);
});

test("a process that got a recorded number later is left alone", async () => {
  const first = launch();
  await first.ready();
  interruptGroup(first);
  await first.end();
  // This test process stands for the stranger.
  const stranger = { name: "web", pid: process.pid, startedAt: "another boot:1" };
  await writeFile(join(dataDir, "run", "web.json"), JSON.stringify(stranger));

  await launch().ready();
  expect((await readRecord(dataDir, "web"))?.pid).not.toBe(process.pid);
});

test("a second start on the same data folder says so and stops, the first goes on", async () => {
  const first = launch();
  await first.ready();
  const second = launch({ PORT: "0" });
  expect(await second.end()).toBe(1);
  expect(second.output()).toContain("already runs on the data folder");
  expect(await records()).toHaveLength(names.length);
});

test("web and worker that die are started again", async () => {
  const launcher = launch();
  const url = await launcher.ready();
  const before = await records();
  for (const { name, pid } of before) if (name !== "postgres") process.kill(pid, "SIGKILL");
  await expect
    .poll(async () => (await records()).filter(({ pid }) => before.every((old) => old.pid !== pid)).length, {
      timeout: 30_000,
    })
    .toBe(2);
  await expect
    .poll(
      () =>
        fetch(`${url}/readyz`).then(
          ({ status }) => status,
          () => 0,
        ),
      { timeout: 30_000 },
    )
    .toBe(200);
});

test("a PostgreSQL that dies is started again on its port, and the site with it", async () => {
  const launcher = launch();
  const url = await launcher.ready();
  const old = await readLiveRecord(dataDir, "postgres");
  process.kill(old?.pid ?? 0, "SIGKILL");
  await expect
    .poll(async () => (await readLiveRecord(dataDir, "postgres"))?.pid ?? old?.pid, { timeout: 30_000 })
    .not.toBe(old?.pid);
  expect((await readLiveRecord(dataDir, "postgres"))?.port).toBe(old?.port);
  await expect
    .poll(
      () =>
        fetch(`${url}/readyz`).then(
          ({ status }) => status,
          () => 0,
        ),
      { timeout: 30_000 },
    )
    .toBe(200);
});

test("faults of the configuration are told at once, in sentences, before anything starts", async () => {
  const launcher = launch({ PUBLIC_URL: "ftp://example.org", DATABASE_URL: "mysql://x", SIGNUP: "maybe" });
  expect(await launcher.end()).toBe(1);
  const output = launcher.output();
  for (const name of ["PUBLIC_URL", "DATABASE_URL", "SIGNUP", "AUTH_SECRET"]) expect(output).toContain(name);
  expect(output).not.toMatch(/^\s+at /m);
});

test("a taken port is told in a sentence", async () => {
  const first = launch();
  await first.ready();
  const elsewhere = await mkdtemp(join(tmpdir(), "kinora-other-"));
  const second = launch({ DATA_DIR: elsewhere });
  expect(await second.end()).toBe(1);
  expect(second.output()).toContain(`Port ${variables.PORT} is taken`);
  await rm(elsewhere, { recursive: true });
});
