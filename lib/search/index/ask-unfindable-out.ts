import { db } from "#lib/db/client.ts";
import { noteUnfindable } from "#lib/db/queries/search/changes.ts";
import { log } from "#lib/log.ts";
import type { EngineName } from "#lib/search/engine.ts";

/**
 * For videos that an engine found though nobody may find them at this moment: they wait to be brought over from now on, and as
 * long as they do, no question counts them. Of those that were hidden long ago the engine was told before, so it has an older
 * state of more than these, and the worker compares it at its next look. False when that cannot be written down, so that asking
 * again would find them again.
 */
export const askUnfindableOut = async (input: {
  engine: EngineName;
  videoIds: readonly string[];
}): Promise<boolean> => {
  const facts = { "event.action": "search.drift", engine: input.engine, extra: input.videoIds.length };
  try {
    if (await noteUnfindable(db(), input)) {
      log().warn(facts, "the index has videos again that it had been told to forget");
    }
    return true;
  } catch (error) {
    log().error({ ...facts, err: error }, "videos that nobody may find could not be asked out of the index");
    return false;
  }
};
