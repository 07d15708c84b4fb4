import { AppError } from "#lib/errors.ts";
import type { SearchEngine } from "#lib/search/engine.ts";
import { registerSearchEngines, searchEngines } from "#lib/search/engines.ts";
import { checkEngine } from "#lib/search/index/check-index.ts";
import { driftSize } from "#lib/search/index/find-drift.ts";
import { reindex } from "#lib/search/index/reindex.ts";
import { type Command, UsageError } from "#scripts/kinora/command.ts";
import { withDatabase } from "#scripts/kinora/with-database.ts";

/** Videos between two lines of progress. */
const toldEvery = 1000;

const rebuild = async (engine: SearchEngine, signal: AbortSignal): Promise<number> => {
  const started = performance.now();
  const { videos, channels } = await reindex({
    ...{ engine, signal },
    onProgress: (progress) => {
      if (progress.videos > 0 && progress.videos % toldEvery === 0) console.log(`${progress.videos} videos…`);
    },
  });
  const seconds = (performance.now() - started) / 1000;
  console.log(`${engine.name}: ${videos} videos and ${channels} channels in ${seconds.toFixed(1)} s.`);
  return 0;
};

const check = async (engine: SearchEngine, { repair, signal }: { repair: boolean; signal: AbortSignal }) => {
  const drift = await checkEngine({ engine, signal, repair });
  const { missing, stale, extra } = drift;
  const counts = `${missing.length} missing, ${stale.length} out of date, ${extra.length} too many`;
  console.log(`${engine.name}: ${drift.checked} videos compared; ${counts}.`);
  if (driftSize(drift) === 0) return 0;
  console.log(repair ? "They were brought up to date." : "Run it again with --repair, or rebuild with search reindex.");
  return repair ? 0 : 1;
};

/** An engine that cannot be reached keeps no other from its turn. */
const tell = ({ engine, signal, error }: { engine: SearchEngine; signal: AbortSignal; error: unknown }): number => {
  if (signal.aborted) {
    console.error(`${engine.name}: stopped; the index answers as before.`);
    return 1;
  }
  if (!(error instanceof AppError)) throw error;
  const advice = error.code === "gone" ? "It has no index; make one with search reindex." : (error.hint ?? "");
  console.error(`${engine.name}: ${error.message} ${advice}`.trim());
  return 1;
};

/** The search index from the command line. */
export const searchCommand: Command = {
  help: `kinora search reindex
    Makes the search indexes (PostgreSQL's, and Typesense's when it is configured) anew from the database, while the site goes on.
kinora search check [--repair]
    Compares the search indexes with the database. Ends with 1 when they differ, unless it repaired that.`,
  run: async ([action, ...rest]) => {
    const repair = rest.includes("--repair");
    if (action !== "reindex" && action !== "check") {
      throw new UsageError("Say what to do: search reindex or search check; see --help.");
    }
    const stopper = new AbortController();
    // A rebuild that is stopped takes away what it has begun.
    for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, () => stopper.abort());
    return withDatabase(async () => {
      await registerSearchEngines();
      const { signal } = stopper;
      let status = 0;
      for (const engine of searchEngines()) {
        if (signal.aborted) return 1;
        const work = action === "reindex" ? rebuild(engine, signal) : check(engine, { repair, signal });
        status = Math.max(status, await work.catch((error: unknown) => tell({ engine, signal, error })));
      }
      return status;
    });
  },
};
