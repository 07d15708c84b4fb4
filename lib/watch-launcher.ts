/** Whether a process is there; one of another user counts as there. */
const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
};

/**
 * Calls `onGone` once when the process that started this one has ended, even by `kill -9`. When it is our parent, a
 * change of parent tells it too, so that a new process under its number does not deceive us. Returns how to stop.
 */
export const watchLauncher = (input: { pid: number; everyMs: number; onGone: () => void }): (() => void) => {
  const wasParent = process.ppid === input.pid;
  const timer = setInterval(() => {
    if (isAlive(input.pid) && (!wasParent || process.ppid === input.pid)) return;
    clearInterval(timer);
    input.onGone();
  }, input.everyMs);
  timer.unref();
  return () => clearInterval(timer);
};
