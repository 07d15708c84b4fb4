import type { Tx } from "#lib/db/client.ts";
import { enqueue } from "#lib/jobs/enqueue.ts";

/** A sweep looks a little later, so that bytes on their way into a row are there. */
const sweepAfterMs = 60_000;

/** Queues the making of a sent picture, in the transaction that took it. */
export const enqueueAvatar = (tx: Tx, { userId, avatarId }: { userId: string; avatarId: string }): Promise<void> =>
  enqueue(tx, "accounts/make-avatar", { userId, avatarId }, { key: `make-avatar:${avatarId}`, priority: -15 });

/** Queues the removal of pictures of an account that it does not show and that are not being made. */
export const enqueueAvatarSweep = (tx: Tx, userId: string): Promise<void> =>
  enqueue(
    tx,
    "accounts/sweep-avatars",
    { userId },
    { key: `sweep-avatars:${userId}`, runAt: new Date(Date.now() + sweepAfterMs), priority: 10 },
  );
