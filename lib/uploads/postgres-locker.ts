import type { Locker } from "@tus/server";
import type { Sql } from "postgres";
import { dedicatedClient } from "#lib/db/client.ts";
import {
  askForUploadLock,
  releaseUploadLock,
  tryUploadLock,
  uploadReleaseChannel,
} from "#lib/db/queries/uploads/upload-locks.ts";
import { AppError } from "#lib/errors.ts";
import { newId } from "#lib/ids.ts";
import { log } from "#lib/log.ts";

type Holder = { requestRelease: () => void; lost: AbortController; freed: PromiseWithResolvers<void> };

/** A tus locker whose locks hold in every process on the same database. */
export type PostgresLocker = Locker & {
  /** Aborts when this process may no longer write the upload, because its locks went with their connection. */
  lostSignal: (uploadId: string) => AbortSignal | null;
  /** Gives every lock back by ending the connection. */
  close: () => Promise<void>;
};

type LockerState = {
  /** Tells this locker's own questions from those of others. */
  id: string;
  holders: Map<string, Holder>;
  client: () => Promise<Sql>;
  timeoutMs: number;
};

/** How long to wait before asking PostgreSQL again. A lock of a killed process is free within about 20 ms. */
const pollMs = 50;

const pause = (ms: number, freed: Promise<void>): Promise<void> => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  return Promise.race([promise, freed]).finally(() => clearTimeout(timer));
};

const forget = (state: LockerState, { uploadId, holder }: { uploadId: string; holder: Holder }): void => {
  if (state.holders.get(uploadId) === holder) state.holders.delete(uploadId);
  holder.freed.resolve();
};

/** One try: first the place in this process, then the session lock. Null when someone else has it, here or elsewhere. */
const tryAcquire = async (
  state: LockerState,
  { uploadId, requestRelease }: { uploadId: string; requestRelease: () => void },
): Promise<Holder | null> => {
  const present = state.holders.get(uploadId);
  if (present !== undefined) {
    present.requestRelease();
    await pause(pollMs, present.freed.promise);
    return null;
  }
  // Session locks are re-entrant on one connection: only this map keeps two requests of one process apart.
  const holder: Holder = { requestRelease, lost: new AbortController(), freed: Promise.withResolvers() };
  state.holders.set(uploadId, holder);
  try {
    const sql = await state.client();
    if (await tryUploadLock(sql, uploadId)) return holder;
    await askForUploadLock(sql, { askerId: state.id, uploadId });
  } catch (error) {
    forget(state, { uploadId, holder });
    throw new AppError("unavailable", { cause: error, context: { uploadId } });
  }
  forget(state, { uploadId, holder });
  await pause(pollMs, new Promise<void>(() => undefined));
  return null;
};

const acquire = async (
  state: LockerState,
  input: { uploadId: string; signal: AbortSignal; requestRelease: () => void },
): Promise<Holder> => {
  const deadline = performance.now() + state.timeoutMs;
  while (performance.now() < deadline) {
    if (input.signal.aborted) throw new AppError("locked", { retryAfterSeconds: 1 });
    const holder = await tryAcquire(state, input);
    if (holder !== null) return holder;
  }
  throw new AppError("locked", { retryAfterSeconds: 1, context: { uploadId: input.uploadId } });
};

const release = async (
  state: LockerState,
  { uploadId, holder }: { uploadId: string; holder: Holder },
): Promise<void> => {
  try {
    if (!holder.lost.signal.aborted) await releaseUploadLock(await state.client(), uploadId);
  } catch (error) {
    // The lock belongs to the session: when the connection is gone, so is the lock.
    log().warn(
      { "event.action": "upload.unlock_failed", uploadId, err: error },
      "upload lock went with its connection",
    );
  } finally {
    forget(state, { uploadId, holder });
  }
};

const dropAll = (holders: Map<string, Holder>): void => {
  for (const holder of holders.values()) {
    holder.lost.abort();
    holder.requestRelease();
  }
};

/**
 * Locks of tus uploads: PostgreSQL session advisory locks, all on one connection of their own, so that a PATCH holds no
 * connection of the pool. Whoever wants a lock that is held asks its holder (by NOTIFY across processes) to finish; a
 * killed process's locks are free at once. Waits at most `timeoutMs`, then throws `locked`.
 */
export const createPostgresLocker = ({ timeoutMs }: { timeoutMs: number }): PostgresLocker => {
  const holders = new Map<string, Holder>();
  const id = newId();
  let opened: Promise<Sql> | undefined;
  const open = async (): Promise<Sql> => {
    const sql = dedicatedClient({ name: "kinora-upload-locks", onClose: () => dropAll(holders) });
    try {
      await sql.listen(uploadReleaseChannel, (payload) => {
        const [askerId, uploadId = ""] = payload.split(":");
        // NOTIFY reaches its sender as well, which would end the very request that asks.
        if (askerId !== id) holders.get(uploadId)?.requestRelease();
      });
      return sql;
    } catch (error) {
      opened = undefined;
      await sql.end({ timeout: 0 });
      throw error;
    }
  };
  const client = (): Promise<Sql> => {
    opened ??= open();
    return opened;
  };
  const state: LockerState = { id, holders, client, timeoutMs };
  return {
    newLock: (uploadId) => {
      let holder: Holder | null = null;
      return {
        lock: async (signal, requestRelease) => {
          holder = await acquire(state, { uploadId, signal, requestRelease: () => void requestRelease() });
        },
        unlock: async () => {
          if (holder !== null) await release(state, { uploadId, holder });
        },
      };
    },
    lostSignal: (uploadId) => holders.get(uploadId)?.lost.signal ?? null,
    close: async () => {
      const sql = await opened;
      opened = undefined;
      await sql?.end({ timeout: 5 });
    },
  };
};
