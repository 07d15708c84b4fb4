import { dispatchEvent } from "#lib/notifications/dispatch-event.ts";
import { task } from "#worker/tasks/task.ts";

/** Turns an event into notices, mails and webhook deliveries. */
export const dispatchEventTask = task("notifications/dispatch", ({ eventId }) => dispatchEvent({ eventId }));
