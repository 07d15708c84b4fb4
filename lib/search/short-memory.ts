/** What was found lately, by a key. */
export type ShortMemory<T> = {
  /** Undefined when nothing was put in, or too long ago. */
  get: (key: string) => T | undefined;
  put: (key: string, value: T) => void;
  forget: (key: string) => void;
};

/**
 * Remembers values for `ageMs`, at most so many of them: the one that was put in first goes. For what may be told though it
 * is a moment old.
 */
export const createShortMemory = <T>(input: { ageMs: number; most: number; now?: () => number }): ShortMemory<T> => {
  const { ageMs, most, now = () => performance.now() } = input;
  const kept = new Map<string, { value: T; madeAt: number }>();
  const forget = (key: string): void => {
    kept.delete(key);
  };
  const get = (key: string): T | undefined => {
    const found = kept.get(key);
    if (found === undefined) return undefined;
    if (now() - found.madeAt < ageMs) return found.value;
    forget(key);
    return undefined;
  };
  const put = (key: string, value: T): void => {
    forget(key);
    const [oldest] = kept.keys();
    if (kept.size >= most && oldest !== undefined) forget(oldest);
    kept.set(key, { value, madeAt: now() });
  };
  return { get, put, forget };
};
