import { randomBytes } from "node:crypto";
import { hostname } from "node:os";
import type { Sql } from "postgres";
import { db, dedicatedClient } from "#lib/db/client.ts";
import { beat, insertWorker, markWorkerStopped, setWorkerPools, takeWorkerLock } from "#lib/db/queries/runs/workers.ts";
import { AppError } from "#lib/errors.ts";
import { newId } from "#lib/ids.ts";
import { log } from "#lib/log.ts";

/** How a worker tells that it lives. */
export type RegistrationOptions = {
  heartbeatMs: number;
  /** A sign that takes longer counts as a lost connection. */
  answerMs: number;
  /** Called once when this worker may no longer assume that it owns its jobs; it must end at once. */
  onLost: (why: string) => void;
};

/**
 * A worker's place among the living: a row with its queue pools and a session advisory lock on a connection of its own.
 * The lock is free as soon as the process is dead; a stopped process loses it to a sweep. Whoever lost it must not touch
 * a job any more, because others have been given them.
 */
export class Registration {
  readonly workerId = newId();
  readonly #options: RegistrationOptions;
  readonly #client: Sql;
  #backendPid: number | null = null;
  #timer: NodeJS.Timeout | null = null;
  #over = false;

  private constructor(options: RegistrationOptions) {
    this.#options = options;
    this.#client = dedicatedClient({
      name: "kinora-worker-lock",
      onClose: () => this.#lose("its connection was closed"),
    });
  }

  /** Takes the lock and registers. Throws when the database cannot be reached. */
  static async open(options: RegistrationOptions): Promise<Registration> {
    const registration = new Registration(options);
    try {
      await registration.#register();
      return registration;
    } catch (error) {
      registration.#over = true;
      await registration.#client.end({ timeout: 1 });
      throw error;
    }
  }

  async #register(): Promise<void> {
    const lockKey = randomBytes(8).readBigInt64BE();
    // The lock comes first: a row without a held lock is what a sweep looks for.
    this.#backendPid = await takeWorkerLock(this.#client, lockKey);
    if (this.#backendPid === null) throw new AppError("conflict", { message: "The worker's lock is taken." });
    await insertWorker(db(), { id: this.workerId, lockKey, poolIds: [], hostname: hostname(), pid: process.pid });
    this.#timer = setInterval(() => void this.check(), this.#options.heartbeatMs);
  }

  /** Names the queue pools whose jobs are this worker's. */
  async setPools(poolIds: string[]): Promise<void> {
    await setWorkerPools(db(), { id: this.workerId, poolIds });
  }

  /** Whether this worker is still registered under a lock that it holds; loses itself when not. */
  async check(): Promise<boolean> {
    if (this.#over) return false;
    try {
      const pid = await within(this.#options.answerMs, beat(this.#client, this.workerId));
      if (pid === null) this.#lose("it was swept");
      else if (pid !== this.#backendPid) this.#lose("its session was replaced");
    } catch (error) {
      log().error({ "event.action": "worker.heartbeat_failed", err: error }, "a sign of life failed");
      this.#lose("its connection failed");
    }
    return !this.#over;
  }

  #lose(why: string): void {
    if (this.#over) return;
    this.#over = true;
    this.#halt();
    this.#options.onLost(why);
  }

  #halt(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
  }

  /** Leaves in good order, after the last job has ended. */
  async close(): Promise<void> {
    const wasOver = this.#over;
    this.#over = true;
    this.#halt();
    if (!wasOver) await markWorkerStopped(db(), this.workerId);
    await this.#client.end({ timeout: 2 });
  }
}

const within = async <T>(ms: number, work: Promise<T>): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new AppError("unavailable", { context: { ms } })), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
};
