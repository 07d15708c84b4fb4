import { createHash } from "node:crypto";
import { createServer, type Server } from "node:net";
import { platform } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";

/** A lock that this process holds; the kernel gives it back when the process dies, however it dies. */
export type MachineLock = { release: () => Promise<void> };

const listen = (path: string): Promise<Server | null> =>
  new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.once("error", (error: NodeJS.ErrnoException) =>
      error.code === "EADDRINUSE" ? resolve(null) : reject(error),
    );
    server.listen(path, () => resolve(server.unref()));
  });

/**
 * Takes the lock called `name` on this machine, or returns null when another process holds it. It is a listening socket
 * in Linux' abstract namespace: no file to go stale, gone with its process. Elsewhere there is no such thing, so the lock
 * is always given and the callers' process records stand alone.
 */
export const tryMachineLock = async (name: string): Promise<MachineLock | null> => {
  if (platform() !== "linux") return { release: async () => undefined };
  const server = await listen(`\0kinora-${createHash("sha256").update(name).digest("hex").slice(0, 32)}`);
  if (server === null) return null;
  return { release: () => new Promise((resolve) => server.close(() => resolve())) };
};

/** Runs `work` while holding the lock called `name`; waits for it as long as it takes. */
export const withMachineLock = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
  let lock = await tryMachineLock(name);
  while (lock === null) {
    await sleep(200);
    lock = await tryMachineLock(name);
  }
  try {
    return await work();
  } finally {
    await lock.release();
  }
};
