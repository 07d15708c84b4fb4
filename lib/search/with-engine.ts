import { AppError } from "#lib/errors.ts";
import { log } from "#lib/log.ts";
import type { EngineName, SearchEngine } from "#lib/search/engine.ts";
import { searchEngines } from "#lib/search/engines.ts";

/** What an engine answered, and which one it was. */
export type Answered<T> = { answer: T; engine: EngineName };

let answering: EngineName | undefined;

/** Who answers is told when it changes: an engine that is away would fill the log. */
const noteAnswering = (engine: EngineName, fault: unknown): void => {
  if (engine === answering) return;
  const facts = { "event.action": "search.engine_changed", engine, before: answering, err: fault };
  if (fault !== null) log().warn(facts, "another search engine answers, since the first cannot");
  else if (answering !== undefined) log().info(facts, "the first search engine answers again");
  answering = engine;
};

/**
 * Asks the first engine that can be reached; one that throws `unavailable` is passed over for the next. Throws the last one's
 * fault.
 */
export const withEngine = async <T>(
  ask: (engine: SearchEngine) => Promise<T>,
  engines: readonly SearchEngine[] = searchEngines(),
): Promise<Answered<T>> => {
  let fault: unknown = null;
  for (const engine of engines) {
    try {
      const answer = await ask(engine);
      noteAnswering(engine.name, fault);
      return { answer, engine: engine.name };
    } catch (error) {
      if (!(error instanceof AppError && error.code === "unavailable")) throw error;
      fault = error;
    }
  }
  throw fault ?? new AppError("unavailable");
};
