import type { Tx } from "#lib/db/client.ts";
import { insertOutboxEvents } from "#lib/db/queries/notifications/outbox.ts";
import { newId } from "#lib/ids.ts";
import { enqueueMany } from "#lib/jobs/enqueue.ts";
import { dispatchJobKey } from "#lib/notifications/dispatch-job-key.ts";
import type { HappenedEvent } from "#lib/notifications/record-event.ts";

/** Records many events in two statements, each once under its key; like `recordEvent`. */
export const recordEvents = async (tx: Tx, events: readonly HappenedEvent[]): Promise<void> => {
  const written = await insertOutboxEvents(
    tx,
    events.map((event) => ({ id: newId(), ...event })),
  );
  await enqueueMany(
    tx,
    written.map((eventId) => ({
      name: "notifications/dispatch" as const,
      payload: { eventId },
      options: { key: dispatchJobKey(eventId) },
    })),
  );
};
