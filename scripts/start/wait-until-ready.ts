import { setTimeout as sleep } from "node:timers/promises";

/** Where to ask and how long. */
export type WaitUntilReady = { url: string; timeoutMs: number; signal: AbortSignal; hasFailed: () => boolean };

/** Asks the site whether it is ready until it says so; resolves with false when it does not in time or `hasFailed`. */
export const waitUntilReady = async ({ url, timeoutMs, signal, hasFailed }: WaitUntilReady): Promise<boolean> => {
  const until = Date.now() + timeoutMs;
  while (!signal.aborted && !hasFailed() && Date.now() < until) {
    const status = await fetch(`${url}/readyz`, { signal: AbortSignal.any([signal, AbortSignal.timeout(5_000)]) }).then(
      async (response) => {
        await response.body?.cancel();
        return response.status;
      },
      () => 0,
    );
    if (status === 200) return true;
    await sleep(100);
  }
  return false;
};
