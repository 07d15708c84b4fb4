import { createHash } from "node:crypto";
import { chown, cp, mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { LaunchError } from "#scripts/start/launch-error.ts";
import type { PostgresBinaries } from "#scripts/start/postgres/binaries.ts";
import { isReachable } from "#scripts/start/postgres/reachable.ts";
import type { ServerUser } from "#scripts/start/postgres/server-user.ts";

/** Where an embedded server's programs and its data lie. */
export type PostgresPlace = { binDir: string; clusterDir: string };

const recordSchema = z.object({ clusterDir: z.string() });
const recordFile = (dataDir: string) => join(dataDir, "postgres-place.json");

/** A folder that any user can enter, named after the data folder so that two sites on one machine do not meet. */
const publicPlace = (dataDir: string) =>
  join("/var/lib", `kinora-${createHash("sha256").update(dataDir).digest("hex").slice(0, 12)}`);

const exists = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  );

const makePublicPlace = async (path: string) => {
  await mkdir(path, { recursive: true, mode: 0o755 }).catch((cause: unknown) => {
    throw new LaunchError(
      `PostgreSQL does not run as root, its own user cannot enter the data folder, and ${path} cannot be made; ` +
        "set DATA_DIR to a folder that every user can enter, start as an ordinary user, or set DATABASE_URL.",
      { cause },
    );
  });
  return path;
};

const placeBinaries = async ({ binaries, dataDir, user }: ChoosePlace) => {
  if (await isReachable(join(binaries.nativeDir, "bin", "postgres"), user)) return join(binaries.nativeDir, "bin");
  const target = join(await makePublicPlace(publicPlace(dataDir)), `postgresql-${binaries.version}`);
  if (!(await exists(target))) {
    // Copied beside and renamed, so that a copy cut short by a crash is never taken for a whole one.
    const part = `${target}.part`;
    await rm(part, { recursive: true, force: true });
    await cp(binaries.nativeDir, part, { recursive: true, verbatimSymlinks: true });
    await rename(part, target);
  }
  return join(target, "bin");
};

const recordedCluster = async (dataDir: string) => {
  const text = await readFile(recordFile(dataDir), "utf8").catch(() => null);
  if (text === null) return null;
  const { clusterDir } = recordSchema.parse(JSON.parse(text));
  if (!(await exists(clusterDir))) {
    throw new LaunchError(
      `The database of this data folder is kept in ${clusterDir}, which is not there; bring it back, ` +
        `or remove ${recordFile(dataDir)} to begin with an empty database.`,
    );
  }
  return clusterDir;
};

/** What the choice of a place depends on. */
export type ChoosePlace = { binaries: PostgresBinaries; dataDir: string; user: ServerUser };

const placeCluster = async ({ dataDir, user }: ChoosePlace) => {
  const recorded = await recordedCluster(dataDir);
  if (recorded !== null) return recorded;
  const inside = join(dataDir, "postgres");
  if (await isReachable(inside, user)) return inside;
  const outside = join(await makePublicPlace(publicPlace(dataDir)), "data");
  await writeFile(recordFile(dataDir), `${JSON.stringify({ clusterDir: outside }, null, 2)}\n`, { mode: 0o600 });
  await mkdir(outside, { recursive: true, mode: 0o700 });
  return outside;
};

/**
 * Finds room for an embedded server: in the project and the data folder where its user can enter them, else under
 * /var/lib (a clone below a home with mode 700 that root starts). The place outside is recorded in the data folder.
 * Makes the cluster's folder and gives it to the user. Throws `LaunchError` when there is no such place.
 */
export const choosePlace = async (input: ChoosePlace): Promise<PostgresPlace> => {
  const binDir = await placeBinaries(input);
  const clusterDir = await placeCluster(input);
  await mkdir(clusterDir, { recursive: true, mode: 0o700 });
  if (input.user !== null) await chown(clusterDir, input.user.uid, input.user.gid);
  return { binDir, clusterDir };
};
