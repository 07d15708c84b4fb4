import { setTimeout as sleep } from "node:timers/promises";
import { isAlive, type ProcessIdentity } from "#scripts/start/process-identity.ts";

/** A process to end, and how. */
export type EndProcess = {
  process: ProcessIdentity;
  /** First signal; SIGKILL follows when it did not help. */
  signal: NodeJS.Signals;
  /** Milliseconds given to the first signal. */
  graceMs: number;
  /** Whether the signals go to its whole group, which it must lead. */
  group: boolean;
};

const pollMs = 50;

const send = ({ process: { pid }, group }: EndProcess, signal: NodeJS.Signals) => {
  try {
    process.kill(group ? -pid : pid, signal);
  } catch (error) {
    const gone = error instanceof Error && "code" in error && error.code === "ESRCH";
    if (!gone) throw error;
  }
};

/** Waits at most `ms` for the process to be gone; resolves with whether it is. */
export const waitForEnd = async (target: ProcessIdentity, ms: number): Promise<boolean> => {
  const until = Date.now() + ms;
  while (await isAlive(target)) {
    if (Date.now() >= until) return false;
    await sleep(pollMs);
  }
  return true;
};

/**
 * Ends exactly this process (a later one with the same number is left alone): asks, waits, then kills. Resolves once it
 * is gone, with whether asking was enough.
 */
export const endProcess = async (input: EndProcess): Promise<boolean> => {
  if (!(await isAlive(input.process))) return true;
  send(input, input.signal);
  if (await waitForEnd(input.process, input.graceMs)) return true;
  send(input, "SIGKILL");
  await waitForEnd(input.process, 10_000);
  return false;
};
