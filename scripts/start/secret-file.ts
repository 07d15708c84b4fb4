import { randomBytes } from "node:crypto";
import { chmod, link, readFile, rm, writeFile } from "node:fs/promises";
import { LaunchError } from "#scripts/start/launch-error.ts";

const read = async (path: string) => {
  const text = (await readFile(path, "utf8").catch(() => "")).trim();
  if (text === "") return null;
  // A copy or a restore may have widened the rights.
  await chmod(path, 0o600);
  return text;
};

/**
 * The secret kept in `path` (256 random bits as base64url, only its owner may read it); made when it is not there yet.
 * Two processes that make it at once end with the same one. Throws `LaunchError` when it can be neither read nor made.
 */
export const secretFile = async (path: string): Promise<string> => {
  const existing = await read(path);
  if (existing !== null) return existing;
  const part = `${path}.${process.pid}.part`;
  await writeFile(part, `${randomBytes(32).toString("base64url")}\n`, { mode: 0o600, flush: true });
  // link(2) refuses to replace: the first one in wins.
  await link(part, path).catch(async (error: unknown) => {
    if ((await read(path)) === null)
      throw new LaunchError(`The secret in ${path} cannot be read or made.`, { cause: error });
  });
  await rm(part, { force: true });
  const made = await read(path);
  if (made === null) throw new LaunchError(`The secret in ${path} cannot be read.`);
  return made;
};
