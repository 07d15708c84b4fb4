import type { Account, Viewer } from "#lib/accounts/viewer.ts";
import type { Looker } from "#lib/db/queries/videos/visible-to.ts";
import { AppError } from "#lib/errors.ts";

/** Whoever asks as queries of visible videos know them. */
export const lookerOf = (viewer: Viewer): Looker => ({
  userId: viewer?.id ?? null,
  isAdmin: viewer?.role === "admin",
});

/** The account that asks, also as queries know it. Throws `unauthenticated` for nobody. */
export const callerOf = (viewer: Viewer): { account: Account; looker: Looker & { userId: string } } => {
  if (viewer === null) throw new AppError("unauthenticated");
  return { account: viewer, looker: { ...lookerOf(viewer), userId: viewer.id } };
};
