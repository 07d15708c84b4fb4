import type { DbOrTx } from "#lib/db/client.ts";
import { insertOutboxEvent } from "#lib/db/queries/notifications/outbox.ts";
import { newId } from "#lib/ids.ts";
import { enqueue } from "#lib/jobs/enqueue.ts";
import { dispatchJobKey } from "#lib/notifications/dispatch-job-key.ts";
import type { EventType } from "#lib/notifications/event-types.ts";

/** Something that happened, and whom it concerns. */
export type HappenedEvent = {
  type: EventType;
  /** The account that is told. */
  userId: string;
  channelId?: string;
  videoId?: string;
  /** Facts that texts and programs need (title, failure code, asset id); small, and never secrets. */
  data: Record<string, unknown>;
  /** The same happening recorded twice under one key is told once. */
  dedupeKey?: string;
};

/**
 * Records that something happened, in the transaction of the happening: notices, mails and webhook deliveries come of it
 * when and only when that commits, each once.
 */
export const recordEvent = async (tx: DbOrTx, event: HappenedEvent): Promise<void> => {
  const eventId = newId();
  if (!(await insertOutboxEvent(tx, { id: eventId, ...event }))) return;
  await enqueue(tx, "notifications/dispatch", { eventId }, { key: dispatchJobKey(eventId) });
};
