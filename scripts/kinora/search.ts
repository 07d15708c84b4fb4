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

/** The search index from the command line. */
export const searchCommand: Command = {
  help: `kinora search reindex
    Makes the search index anew from the database, while the site goes on.
kinora search check [--repair]
    Compares the search index with the database. Ends with 1 when they differ, unless it repaired that.`,
  run: async ([action, ...rest]) => {
    const repair = rest.includes("--repair");
    if (action !== "reindex" && action !== "check") {
      throw new UsageError("Say what to do: search reindex or search check; see --help.");
    }
    return withDatabase(async () => {
      await registerSearchEngines();
      const { signal } = new AbortController();
      let status = 0;
      for (const engine of searchEngines()) {
        const ended = action === "reindex" ? await rebuild(engine, signal) : await check(engine, { repair, signal });
        status = Math.max(status, ended);
      }
      return status;
    });
  },
};
