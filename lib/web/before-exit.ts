const globals = globalThis as typeof globalThis & { kinoraBeforeExit?: (() => Promise<void>)[] | undefined };

/**
 * Lets `work` end before this process does, though at most `withinMs` long. A web process ends by `process.exit` as soon as
 * its last answer is sent; what waits to be written at that moment would be lost. Works of several calls are done side by
 * side, once; a fault of one is its own to tell. An exit that is asked for twice happens at once.
 */
export const beforeExit = (work: () => Promise<void>, { withinMs }: { withinMs: number }): void => {
  if (globals.kinoraBeforeExit !== undefined) {
    globals.kinoraBeforeExit.push(work);
    return;
  }
  const works = [work];
  globals.kinoraBeforeExit = works;
  const exit = process.exit.bind(process);
  let exiting = false;
  const exitAfterwards = (code?: number): void => {
    if (exiting) exit(code);
    exiting = true;
    setTimeout(() => exit(code), withinMs);
    void Promise.allSettled(works.map((one) => one())).then(() => exit(code));
  };
  Object.defineProperty(process, "exit", { value: exitAfterwards, configurable: true, writable: true });
};
