import { chown, mkdir, mkdtemp, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { childEnvironment } from "#lib/env.ts";
import { LaunchError } from "#scripts/start/launch-error.ts";
import type { PostgresPlace } from "#scripts/start/postgres/place.ts";
import type { ServerUser } from "#scripts/start/postgres/server-user.ts";
import { runCommand } from "#scripts/start/run-command.ts";

/** What a new cluster needs. */
export type EnsureCluster = { place: PostgresPlace; user: ServerUser; password: string };

const workPrefix = ".postgres-new-";
const wantedLocales = ["C.UTF-8", "C.utf8", "en_US.UTF-8", "en_US.utf8"];

/**
 * Character classes for text search come from the C library (even beside the builtin provider), and under plain `C` no
 * Cyrillic letter is a letter.
 */
const characterLocale = async () => {
  const { stdout } = await runCommand({ command: "locale", args: ["-a"] });
  const known = new Set(stdout.split("\n").map((line) => line.trim()));
  return wantedLocales.find((name) => known.has(name)) ?? "C";
};

const initdb = async ({ place, user, password }: EnsureCluster, target: string) => {
  const passwordFile = join(target, "..", "password");
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  if (user !== null) await chown(passwordFile, user.uid, user.gid);
  const { code, stderr } = await runCommand({
    command: join(place.binDir, "initdb"),
    args: [
      `--pgdata=${target}`,
      "--username=postgres",
      `--pwfile=${passwordFile}`,
      "--auth=scram-sha-256",
      "--encoding=UTF8",
      "--locale=C",
      `--lc-ctype=${await characterLocale()}`,
      // Sorts and folds the same way on every machine, whatever its C library; a later upgrade breaks no index.
      "--locale-provider=builtin",
      "--builtin-locale=C.UTF-8",
      "--no-instructions",
    ],
    cwd: target,
    env: childEnvironment({ LC_ALL: undefined, LC_MESSAGES: "C", PGDATA: undefined }),
    ...(user ?? {}),
  });
  await rm(passwordFile, { force: true });
  if (code !== 0) throw new LaunchError(`PostgreSQL's data folder could not be made: ${stderr.trim()}`);
};

/**
 * Makes the cluster when its folder is empty. It is made beside and moved in whole, so that a start that was killed in
 * the middle leaves no half of one. Returns whether it was made. Throws `LaunchError`.
 */
export const ensureCluster = async (input: EnsureCluster): Promise<boolean> => {
  const { clusterDir } = input.place;
  if (await stat(join(clusterDir, "PG_VERSION")).catch(() => null)) return false;
  if ((await readdir(clusterDir)).length > 0) {
    throw new LaunchError(
      `${clusterDir} holds files but no database; move them away or set DATA_DIR to another folder.`,
    );
  }
  await removeHalves(dirname(clusterDir));
  const work = await mkdtemp(join(dirname(clusterDir), workPrefix));
  try {
    const target = join(work, "data");
    await makeOwned(work, target, input.user);
    await initdb(input, target);
    // rename(2) takes the place of an empty folder.
    await rename(target, clusterDir);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return true;
};

const removeHalves = async (parent: string) => {
  const halves = (await readdir(parent)).filter((name) => name.startsWith(workPrefix));
  await Promise.all(halves.map((name) => rm(join(parent, name), { recursive: true, force: true })));
};

const makeOwned = async (work: string, target: string, user: ServerUser) => {
  await mkdir(target, { mode: 0o700 });
  if (user === null) return;
  await chown(work, user.uid, user.gid);
  await chown(target, user.uid, user.gid);
};
