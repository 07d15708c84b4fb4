import { log } from "#lib/log.ts";
import type { Claim } from "#lib/processing/claim-step.ts";
import { type AttemptProgress, isStillClaimed, reportProgress } from "#lib/processing/report-progress.ts";

/** Reason with which an attempt's signal aborts when its step was taken from it: cancelled, deleted or given to another. */
export class AttemptLostError extends Error {
  constructor() {
    super("the step was taken from this attempt");
    this.name = "AttemptLostError";
  }
}

/** Watches one attempt from its claim to its end. */
export type AttemptWatch = {
  /** Aborts with `AttemptLostError`. */
  lost: AbortSignal;
  /** Remembers progress; it is written at the next tick. */
  report: (progress: AttemptProgress) => void;
  /** The handler has ended: progress is written no more, the attempt is still looked after. */
  seal: () => void;
  /** Ends the watch and waits for a tick that is under way. */
  end: () => Promise<void>;
};

/**
 * Writes an attempt's progress at most once per `intervalMs`, and at least every second tick asks whether the attempt is
 * still its own, so that work for a cancelled run ends within seconds. A database that cannot be reached is waited for:
 * whether this worker may go on is decided by its registration, not here.
 */
export const watchAttempt = ({ claim, intervalMs }: { claim: Claim; intervalMs: number }): AttemptWatch => {
  const controller = new AbortController();
  let latest: AttemptProgress | null = null;
  let sealed = false;
  let quietTicks = 0;
  let ticking: Promise<void> = Promise.resolve();
  let busy = false;

  const isOwn = async (): Promise<boolean> => {
    const progress = sealed ? null : latest;
    if (progress === null) {
      quietTicks += 1;
      return quietTicks % 2 === 1 || (await isStillClaimed(claim));
    }
    latest = null;
    // Between the look at `sealed` and this write the result may have been accepted: only the second look decides.
    return (await reportProgress({ claim, progress })) || (await isStillClaimed(claim));
  };

  const tick = async (): Promise<void> => {
    busy = true;
    try {
      if (!(await isOwn())) controller.abort(new AttemptLostError());
    } catch (error) {
      log().warn({ "event.action": "step.progress_failed", err: error }, "progress could not be written");
    } finally {
      busy = false;
    }
  };

  const timer = setInterval(() => {
    if (!busy) ticking = tick();
  }, intervalMs);

  return {
    lost: controller.signal,
    report: (progress) => {
      latest = progress;
    },
    seal: () => {
      sealed = true;
    },
    end: async () => {
      clearInterval(timer);
      await ticking;
    },
  };
};
