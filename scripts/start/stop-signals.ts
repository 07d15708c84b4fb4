/** Signals that end a site. `stop` fires at the first, `hurry` at a second one. */
export type StopSignals = { stop: AbortSignal; hurry: AbortSignal; dispose: () => void };

/**
 * Milliseconds within which equal signals count as one: Ctrl-C reaches the whole process group, and npm and the bootstrap
 * send it on again.
 */
const burstMs = 1_000;

/** Counts signals, a burst as one: the first fires `stop`, a later one `hurry`. `now` is in milliseconds. */
export const signalCounter = ({ onStop, onHurry, now }: SignalCounter): (() => void) => {
  let firstAt: number | null = null;
  let lastAt = 0;
  return () => {
    const at = now();
    const burst = firstAt !== null && at - lastAt < burstMs;
    lastAt = at;
    if (firstAt === null) {
      firstAt = at;
      onStop();
    } else if (!burst) onHurry();
  };
};

/** What a `signalCounter` calls. */
export type SignalCounter = { onStop: () => void; onHurry: () => void; now: () => number };

/**
 * Listens for SIGINT, SIGTERM, SIGHUP and for the end of the bootstrap, told by its channel: after a `kill -9` of the
 * bootstrap nobody at the terminal could stop this site any more, so it stops itself.
 */
export const listenForStop = (): StopSignals => {
  const stop = new AbortController();
  const hurry = new AbortController();
  const count = signalCounter({ onStop: () => stop.abort(), onHurry: () => hurry.abort(), now: Date.now });
  const names = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const name of names) process.on(name, count);
  const onOrphaned = () => stop.abort();
  process.on("disconnect", onOrphaned);
  // Listening holds the channel open, which alone must not keep this process alive.
  process.channel?.unref();
  return {
    stop: stop.signal,
    hurry: hurry.signal,
    dispose: () => {
      process.off("disconnect", onOrphaned);
      for (const name of names) process.off(name, count);
    },
  };
};
