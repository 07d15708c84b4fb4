import type { Viewer } from "#lib/accounts/viewer.ts";
import { AppError } from "#lib/errors.ts";
import { giveHitBack, takeHit } from "#lib/web/limits/rate-limit.ts";

/**
 * Does work that asks a signed-in caller for the password or a code, within the limit of tries: a stolen session must not
 * be enough to guess either. Only tries that fail count. Throws what the work throws, `unauthenticated` and `rate_limited`.
 */
export const withinPasswordTries = async <T>(viewer: Viewer, work: () => Promise<T>): Promise<T> => {
  if (viewer === null) throw new AppError("unauthenticated");
  const hit = { name: "loginPair", subject: `password|${viewer.id}` } as const;
  await takeHit(hit);
  const done = await work();
  await giveHitBack(hit);
  return done;
};
