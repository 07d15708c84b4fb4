import { log } from "#lib/log.ts";
import { errorNote } from "#worker/supervision/error-note.ts";

/** Something done again and again. */
export type Round = { name: string; everyMs: number; work: (signal: AbortSignal) => Promise<unknown> };

/**
 * Does each round at once and then every `everyMs` after its last end; rounds never overlap themselves. A round that
 * fails is logged and tried again at its next turn. Returns how to stop them all and wait for those under way.
 */
export const startRounds = (rounds: readonly Round[]): (() => Promise<void>) => {
  const controller = new AbortController();
  const loops = rounds.map((round) => loop(round, controller.signal));
  return async () => {
    controller.abort();
    await Promise.all(loops);
  };
};

const loop = async ({ name, everyMs, work }: Round, signal: AbortSignal): Promise<void> => {
  while (!signal.aborted) {
    try {
      await work(signal);
    } catch (error) {
      if (!signal.aborted)
        log().error({ "event.action": "round.failed", round: name, error: errorNote(error) }, "upkeep failed");
    }
    await pause(everyMs, signal);
  }
};

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener("abort", end);
  });
