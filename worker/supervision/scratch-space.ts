import { mkdir, readdir, rm, stat, statfs, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";

/** Scratch that is set aside until it is released. */
export type Reservation = { release: () => Promise<void> };

/** The scratch disk, shared by all steps of all workers on it. */
export type ScratchSpace = {
  /**
   * Sets `bytes` aside for what will be written to `path` (a file or a folder under the scratch folder); null when the
   * disk has not as much beside what is set aside already.
   */
  reserve: (input: { path: string; bytes: number }) => Promise<Reservation | null>;
};

/** What is kept of the scratch disk. */
export type ScratchLimits = {
  /** Bytes that stay free whatever is asked for: the database and the uploads may lie on the same disk. */
  floorBytes: number;
  /** Most that the scratch folder may hold; null for as much as the disk has. */
  maxBytes: number | null;
};

const folderOf = (root: string) => join(root, "reserved");

type Note = { name: string; workerId: string; bytes: number; path: string };

/** All of a reservation is in its file's name: it appears and goes in one piece, and needs no reading. */
const parseNote = (root: string, name: string): Note | null => {
  const [, workerId, bytes, encoded] = /^([0-9a-f-]{36})_(\d+)_(.+)$/.exec(name) ?? [];
  if (workerId === undefined || bytes === undefined || encoded === undefined) return null;
  return { name, workerId, bytes: Number(bytes), path: join(root, decodeURIComponent(encoded)) };
};

const unlessMissing = async <T>(work: Promise<T>, otherwise: T): Promise<T> => {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return otherwise;
    throw error;
  }
};

/** Bytes under a path; whatever goes while it is looked at counts as gone. */
const usedUnder = async (path: string): Promise<number> => {
  const info = await unlessMissing(stat(path), null);
  if (info === null) return 0;
  if (!info.isDirectory()) return info.size;
  let sum = 0;
  for (const name of await unlessMissing(readdir(path), [])) sum += await usedUnder(join(path, name));
  return sum;
};

const listNotes = async (root: string): Promise<Note[]> =>
  (await unlessMissing(readdir(folderOf(root)), [])).flatMap((name) => parseNote(root, name) ?? []);

/** Forgets what workers that are gone had set aside. */
export const forgetDeadReservations = async (root: string, present: ReadonlySet<string>): Promise<void> => {
  for (const { workerId, name } of await listNotes(root)) {
    if (!present.has(workerId)) await rm(join(folderOf(root), name), { force: true });
  }
};

const fits = async (root: string, { floorBytes, maxBytes }: ScratchLimits): Promise<boolean> => {
  let outstanding = 0;
  // What was written already is missing from the free bytes: only the rest of each is still to come.
  for (const { bytes, path } of await listNotes(root)) outstanding += Math.max(0, bytes - (await usedUnder(path)));
  const { bavail, bsize } = await statfs(root, { bigint: true });
  if (outstanding > Number(bavail * bsize) - floorBytes) return false;
  return maxBytes === null || (await usedUnder(root)) + outstanding <= maxBytes;
};

/**
 * Keeps account of the scratch disk by one small file per reservation under the scratch folder, so that all workers on it
 * see one another's. Each writes its own first and then counts: of several that race for the last bytes at least one
 * sees the other, so they may all be refused but never all be let in. Those of workers that `presentWorkers` does not
 * name count for nothing.
 */
export const createScratchSpace = (input: {
  root: string;
  workerId: string;
  limits: ScratchLimits;
  presentWorkers: () => Promise<ReadonlySet<string>>;
}): ScratchSpace => {
  const { root, workerId, limits } = input;
  let turn: Promise<unknown> = Promise.resolve();

  const reserveNow = async ({ path, bytes }: { path: string; bytes: number }): Promise<Reservation | null> => {
    await mkdir(folderOf(root), { recursive: true });
    const note = join(folderOf(root), `${workerId}_${Math.ceil(bytes)}_${encodeURIComponent(relative(root, path))}`);
    const release = () => rm(note, { force: true });
    await writeFile(note, "", { flag: "wx" });
    try {
      if (await fits(root, limits)) return { release };
      await forgetDeadReservations(root, new Set([...(await input.presentWorkers()), workerId]));
      if (await fits(root, limits)) return { release };
    } catch (error) {
      await release();
      throw error;
    }
    await release();
    return null;
  };

  return {
    // Steps of one worker take turns: they would only refuse one another.
    reserve: (wanted) => {
      const answer = turn.then(() => reserveNow(wanted));
      turn = answer.catch(() => undefined);
      return answer;
    },
  };
};
