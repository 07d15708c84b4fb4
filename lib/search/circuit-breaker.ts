import { AppError } from "#lib/errors.ts";

/** Keeps calls from a server that does not answer. */
export type CircuitBreaker = {
  /** Does the work, or throws `AppError` `unavailable` at once while the server counts as away. */
  run: <T>(work: () => Promise<T>) => Promise<T>;
  isAway: () => boolean;
};

type Options = {
  /** Whether a fault of the work means that the server is away. */
  isOutage: (error: unknown) => boolean;
  /** Whether the server answers again; never throws. */
  probe: () => Promise<boolean>;
  /** How long the first pause lasts, and the longest. */
  pauseMs: number;
  longestPauseMs: number;
  now?: () => number;
};

/**
 * One outage closes the way at once, so that whoever comes later waits for nothing. After a pause the next caller has the
 * server probed beside, and still gets `unavailable`; when that succeeds one caller goes first, and the way is open for all
 * when its work has succeeded. Pauses double until then: a server may be well in its own eyes and hang all the same.
 */
export const createCircuitBreaker = (options: Options): CircuitBreaker => {
  const { isOutage, probe, pauseMs, longestPauseMs, now = () => performance.now() } = options;
  const state = { isAway: false, isProbing: false, onTrial: false, isTried: false, pause: pauseMs, probeAt: 0 };

  const close = (): void => {
    state.probeAt = now() + state.pause;
    state.pause = Math.min(longestPauseMs, state.pause * 2);
    state.isAway = true;
  };

  const probeOnce = async (): Promise<void> => {
    state.isProbing = true;
    if (await probe()) [state.isAway, state.onTrial] = [false, true];
    else close();
    state.isProbing = false;
  };

  const attempt = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      const result = await work();
      [state.pause, state.onTrial] = [pauseMs, false];
      return result;
    } catch (error) {
      // Of calls that fail together the first one decides how long the pause is.
      if (isOutage(error) && !state.isAway) close();
      throw error;
    }
  };

  const tryFirst = async <T>(work: () => Promise<T>): Promise<T> => {
    state.isTried = true;
    try {
      return await attempt(work);
    } finally {
      state.isTried = false;
    }
  };

  return {
    isAway: () => state.isAway,
    run: async (work) => {
      if (state.isAway && !state.isProbing && now() >= state.probeAt) void probeOnce();
      if (state.isAway || (state.onTrial && state.isTried)) {
        throw new AppError("unavailable", { message: "The server was away a moment ago." });
      }
      return state.onTrial ? tryFirst(work) : attempt(work);
    },
  };
};
