/** Ends with null when a reading fails, or has not ended after so many milliseconds. */
const withinTime = async <T>(reading: Promise<T>, ms: number): Promise<T | null> => {
  const { promise, resolve } = Promise.withResolvers<null>();
  const timer = setTimeout(resolve, ms, null);
  try {
    return await Promise.race([reading, promise]);
  } catch {
    // Whoever shares a reading needs none: what is wrong with the server is told by what they ask next.
    return null;
  } finally {
    clearTimeout(timer);
  }
};

/**
 * Shares readings between those who ask at about the same time: everyone gets one that began after they asked, never one
 * that was already under way. However many ask, at most one reading runs and one waits for it. Null for a reading that
 * failed or took longer than `mostMs`; the next one does not wait for it.
 */
export const freshReading = <T>(read: () => Promise<T>, mostMs = 1_000): (() => Promise<T | null>) => {
  let running: Promise<unknown> | null = null;
  let next: Promise<T | null> | null = null;
  const start = (): Promise<T | null> => {
    next = null;
    const reading = withinTime(read(), mostMs);
    running = reading;
    void reading.then(() => {
      if (running === reading) running = null;
    });
    return reading;
  };
  return () => {
    if (running === null) return start();
    next ??= running.then(start);
    return next;
  };
};
