/** Code that is fetched when it is first needed, once for the whole page. */
export type OnFirstUse<Module> = {
  /** Null until it has been fetched. */
  now: () => Module | null;
  /** Rejects when it cannot be fetched; the next call tries again. */
  load: () => Promise<Module>;
  /** Begins to fetch what will be needed in a moment. A failure shows when it is needed. */
  warm: () => void;
};

/** Wraps an `import()`, so that a page's own script need not hold what most visits never open. */
export const onFirstUse = <Module>(fetchIt: () => Promise<Module>): OnFirstUse<Module> => {
  let fetched: Module | null = null;
  let fetching: Promise<Module> | null = null;
  const load = () => {
    fetching ??= fetchIt().then(
      (module) => {
        fetched = module;
        return module;
      },
      (error: unknown) => {
        fetching = null;
        throw error;
      },
    );
    return fetching;
  };
  return {
    now: () => fetched,
    load,
    warm: () => {
      load().catch(() => undefined);
    },
  };
};
