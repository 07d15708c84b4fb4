/**
 * Shares readings between those who ask at about the same time: everyone gets one that began after they asked, never one
 * that was already under way. However many ask, at most one reading runs and one waits for it.
 */
export const freshReading = <T>(read: () => Promise<T>): (() => Promise<T>) => {
  let running: Promise<unknown> | null = null;
  let next: Promise<T> | null = null;
  const start = (): Promise<T> => {
    next = null;
    const reading = read();
    const ended = reading.then(
      () => undefined,
      () => undefined,
    );
    running = ended;
    void ended.then(() => {
      if (running === ended) running = null;
    });
    return reading;
  };
  return () => {
    if (running === null) return start();
    next ??= running.then(start);
    return next;
  };
};
