import { env } from "#lib/env.ts";
import { log } from "#lib/log.ts";
import type { Limit, LimitName } from "#lib/rate-limits.ts";
import { limitSetting } from "#lib/settings/definitions.ts";
import { instanceSettings } from "#lib/settings/instance-settings.ts";

/** A rate limit as it holds now. While the settings cannot be read, the environment's: without any the site would be open. */
export const limitNow = async (name: LimitName): Promise<Limit> => {
  try {
    return (await instanceSettings())[limitSetting(name)];
  } catch (error) {
    log().warn({ err: error, "event.action": "settings.unread", limit: name }, "the limits come from the environment");
    return env().limits[name];
  }
};
