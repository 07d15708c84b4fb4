import { setTimeout as delay } from "node:timers/promises";

/** What is waited for, and for how long. */
export type WaitFor<T> = {
  /** Said when the time is up. */
  what: string;
  /** Gives the awaited thing, or null or false while it is not there. */
  until: () => Promise<T | null | false> | T | null | false;
  timeoutMs?: number;
  everyMs?: number;
};

/** Looks again and again until the awaited thing is there. Throws when the time is up, with what was waited for. */
export const waitFor = async <T>({ what, until, timeoutMs = 10_000, everyMs = 25 }: WaitFor<T>): Promise<T> => {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const found = await until();
    if (found !== null && found !== false) return found;
    if (Date.now() > deadline) throw new Error(`Waited ${timeoutMs} ms in vain for: ${what}`);
    await delay(everyMs);
  }
};
