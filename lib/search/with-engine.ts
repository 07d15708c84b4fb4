import { AppError } from "#lib/errors.ts";
import { log } from "#lib/log.ts";
import type { EngineName, SearchEngine } from "#lib/search/engine.ts";
import { searchEngines } from "#lib/search/engines.ts";

/** What an engine answered, and which one it was. */
export type Answered<T> = { answer: T; engine: EngineName };

/**
 * Asks the first engine that can be reached; one that throws `unavailable` is passed over for the next. Throws the last one's
 * fault.
 */
export const withEngine = async <T>(
  ask: (engine: SearchEngine) => Promise<T>,
  engines: readonly SearchEngine[] = searchEngines(),
): Promise<Answered<T>> => {
  let fault: unknown = new AppError("unavailable");
  for (const engine of engines) {
    try {
      return { answer: await ask(engine), engine: engine.name };
    } catch (error) {
      if (!(error instanceof AppError && error.code === "unavailable")) throw error;
      log().warn({ "event.action": "search.engine_away", engine: engine.name, err: error }, "a search engine is away");
      fault = error;
    }
  }
  throw fault;
};
