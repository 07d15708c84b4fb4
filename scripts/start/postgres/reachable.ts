import type { Stats } from "node:fs";
import { stat } from "node:fs/promises";
import { dirname } from "node:path";
import type { ServerUser } from "#scripts/start/postgres/server-user.ts";

/** Whether a folder with these rights lets the user pass through it. Mode bits only, as `stat` tells them. */
export const maySearch = (
  { mode, uid, gid }: Pick<Stats, "mode" | "uid" | "gid">,
  user: NonNullable<ServerUser>,
): boolean => {
  if (uid === user.uid) return (mode & 0o100) !== 0;
  if (gid === user.gid) return (mode & 0o010) !== 0;
  return (mode & 0o001) !== 0;
};

/** Whether the user can enter every folder above `path`; what is not there yet counts as enterable. */
export const isReachable = async (path: string, user: ServerUser): Promise<boolean> => {
  if (user === null) return true;
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const stats = await stat(folder).catch(() => null);
    if (stats !== null && !maySearch(stats, user)) return false;
    if (folder === dirname(folder)) return true;
  }
};
