import { setTimeout as delay } from "node:timers/promises";
import type { Sql } from "postgres";
import { db, dedicatedClient } from "#lib/db/client.ts";
import { isSessionAlive } from "#lib/db/queries/notifications/listeners.ts";
import { newId } from "#lib/ids.ts";
import { log } from "#lib/log.ts";

/** What a listener on a channel gets. */
export type ChannelListener = {
  onMessage: (payload: string) => void;
  /** The connection was away: messages may have been missed. */
  onResync: () => void;
};

const checkEveryMs = 5000;
const firstRetryMs = 200;
const longestRetryMs = 5000;

/**
 * One connection that listens on one channel and hands every message to all listeners. The driver tries to listen again
 * only once after its connection was lost, and gives up in silence; so the session is looked for every few seconds and
 * replaced, with back-off, when it is gone.
 */
class ChannelHub {
  readonly #channel: string;
  readonly #listeners = new Set<ChannelListener>();
  #stop: AbortController | null = null;
  #listening = false;

  constructor(channel: string) {
    this.#channel = channel;
  }

  add(listener: ChannelListener): () => void {
    this.#listeners.add(listener);
    if (this.#listening) queueMicrotask(() => this.#tell(listener, (one) => one.onResync()));
    if (this.#stop === null) {
      this.#stop = new AbortController();
      void this.#run(this.#stop.signal);
    }
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0) return;
      this.#stop?.abort();
      this.#stop = null;
    };
  }

  async #run(signal: AbortSignal): Promise<void> {
    let retryMs = firstRetryMs;
    while (!signal.aborted) {
      try {
        await this.#listenUntilLost(signal, () => {
          retryMs = firstRetryMs;
        });
      } catch (error) {
        if (signal.aborted) return;
        log().warn(
          { "event.action": "listen.lost", channel: this.#channel, err: error },
          "listening failed; trying again",
        );
        await pause(retryMs, signal);
        retryMs = Math.min(longestRetryMs, retryMs * 2);
      }
    }
  }

  async #listenUntilLost(signal: AbortSignal, onListening: () => void): Promise<void> {
    const name = `kinora-listen-${newId()}`;
    const client: Sql = dedicatedClient({ name });
    try {
      const messages = (payload: string) => this.#each((listener) => listener.onMessage(payload));
      await client.listen(this.#channel, messages, () => {
        this.#listening = true;
        this.#each((listener) => listener.onResync());
      });
      onListening();
      while (!signal.aborted) {
        await pause(checkEveryMs, signal);
        if (signal.aborted) return;
        if (!(await isSessionAlive(db(), name))) throw new Error("the listening session is gone");
      }
    } finally {
      this.#listening = false;
      await client.end({ timeout: 1 });
    }
  }

  #each(tell: (listener: ChannelListener) => void): void {
    for (const listener of this.#listeners) this.#tell(listener, tell);
  }

  #tell(listener: ChannelListener, tell: (listener: ChannelListener) => void): void {
    try {
      tell(listener);
    } catch (error) {
      log().error({ "event.action": "listen.listener_failed", err: error }, "a listener failed");
    }
  }
}

const pause = async (ms: number, signal: AbortSignal): Promise<void> => {
  try {
    await delay(ms, undefined, { signal, ref: false });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
};

type HubGlobals = { kinoraListenHubs?: Map<string, ChannelHub> };
// Next bundles pages, routes and instrumentation apart; one connection per process needs globalThis.
const globals = globalThis as typeof globalThis & HubGlobals;

/**
 * Listens on a PostgreSQL channel over this process's one connection for it; returns how to stop. `onResync` is called
 * once when listening begins and again after every time the connection was away. The last one to stop closes it.
 */
export const listenOn = (channel: string, listener: ChannelListener): (() => void) => {
  globals.kinoraListenHubs ??= new Map();
  const hub = globals.kinoraListenHubs.get(channel) ?? new ChannelHub(channel);
  globals.kinoraListenHubs.set(channel, hub);
  return hub.add(listener);
};
