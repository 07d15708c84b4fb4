import { db } from "#lib/db/client.ts";
import { noteUnfindable } from "#lib/db/queries/search/changes.ts";
import { log } from "#lib/log.ts";
import type { EngineName } from "#lib/search/engine.ts";

/**
 * For videos that an engine found though nobody may find them at this moment: they wait to be brought over from now on, and as
 * long as they do, no question counts them. Of those that were hidden long ago the engine was told before, so it has an older
 * state of more than these, and the worker compares it at its next look.
 */
export const askUnfindableOut = async (input: { engine: EngineName; videoIds: readonly string[] }): Promise<void> => {
  if (!(await noteUnfindable(db(), input))) return;
  const facts = { "event.action": "search.drift", engine: input.engine, extra: input.videoIds.length };
  log().warn(facts, "the index has videos again that it had been told to forget");
};
