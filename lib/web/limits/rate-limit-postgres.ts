import { db } from "#lib/db/client.ts";
import { countHit, deleteEndedWindows, uncountHit } from "#lib/db/queries/instance/rate-limits.ts";
import { log } from "#lib/log.ts";
import type { RateLimitStore } from "#lib/web/limits/rate-limit-store.ts";

/** Hits between two removals of ended windows. */
const hitsPerCleanup = 500;

/** Counts in the database. */
export const postgresRateLimits = (): RateLimitStore => {
  let hitsUntilCleanup = 0;
  return {
    count: async (hit) => {
      const window = await countHit(db(), hit);
      hitsUntilCleanup -= 1;
      if (hitsUntilCleanup <= 0) {
        hitsUntilCleanup = hitsPerCleanup;
        await deleteEndedWindows(db());
        log().debug({ "event.action": "rate_limits.cleaned" }, "removed ended windows");
      }
      return window;
    },
    uncount: (key) => uncountHit(db(), key),
  };
};
