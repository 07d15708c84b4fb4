import { db, type Tx, transaction } from "#lib/db/client.ts";
import { findUser, type UserRow } from "#lib/db/queries/accounts/users.ts";
import { notifyNotices } from "#lib/db/queries/notifications/events.ts";
import { listStrandedMailIds } from "#lib/db/queries/notifications/mails.ts";
import { findChoice, insertNotification } from "#lib/db/queries/notifications/notifications.ts";
import {
  listStrandedEventIds,
  lockOpenEvent,
  markEventDispatched,
  type OutboxEvent,
} from "#lib/db/queries/notifications/outbox.ts";
import { AppError } from "#lib/errors.ts";
import { newId } from "#lib/ids.ts";
import { enqueue } from "#lib/jobs/enqueue.ts";
import { log } from "#lib/log.ts";
import { mailJobKey, mailKeyPrefix } from "#lib/mail/mail-job-key.ts";
import { dispatchJobKey, dispatchKeyPrefix } from "#lib/notifications/dispatch-job-key.ts";
import { type EventType, eventKinds, isEventType } from "#lib/notifications/event-types.ts";
import { mailEvent } from "#lib/notifications/mail-event.ts";
import { wayOf } from "#lib/notifications/ways.ts";
import { queueWebhookDeliveries } from "#lib/webhooks/queue-deliveries.ts";

const notice = async (tx: Tx, { event, type }: { event: OutboxEvent; type: EventType }): Promise<void> => {
  const { userId, videoId, data } = event;
  const id = newId();
  if (!(await insertNotification(tx, { id, userId, eventId: event.id, type, videoId, data }))) return;
  await notifyNotices(tx, { userId, notificationId: id });
};

const tell = async (tx: Tx, { event, type, user }: { event: OutboxEvent; type: EventType; user: UserRow }) => {
  const way = wayOf(type, await findChoice(tx, { userId: user.id, type }));
  if (way.inApp) await notice(tx, { event, type });
  // Who cannot sign in gets only what they must know, and so does an address that may be a stranger's.
  const comesIn = user.status === "active" && user.deletionRequestedAt === null;
  const wanted = comesIn && user.emailVerifiedAt !== null;
  if (way.email && (wanted || !eventKinds[type].optional)) await mailEvent(tx, { event, type, user });
};

/**
 * Tells of an event: a notice and a mail as its receiver chose, and every webhook that wants it, all in one transaction
 * that also marks it as told. So however often and wherever this runs, each comes of it once. Throws `internal` for a kind
 * that this version does not know: a worker of a newer one will.
 */
export const dispatchEvent = ({ eventId }: { eventId: string }): Promise<void> =>
  transaction(async (tx) => {
    const event = await lockOpenEvent(tx, eventId);
    if (event === null) return;
    const { type } = event;
    if (!isEventType(type)) throw new AppError("internal", { context: { eventId, type, reason: "unknown event" } });
    const user = await findUser(tx, event.userId);
    if (user !== null) await tell(tx, { event, type, user });
    await queueWebhookDeliveries(tx, event);
    if (!(await markEventDispatched(tx, eventId))) throw new AppError("conflict", { context: { eventId } });
  });

const perRound = 200;

/** Queues again what lost its job: events that were never told and mails that were never sent. Repeating it is fine. */
export const reconcileNotifications = async (): Promise<void> => {
  const events = await listStrandedEventIds(db(), { keyPrefix: dispatchKeyPrefix, limit: perRound });
  for (const eventId of events) {
    await enqueue(db(), "notifications/dispatch", { eventId }, { key: dispatchJobKey(eventId) });
  }
  const mails = await listStrandedMailIds(db(), { keyPrefix: mailKeyPrefix, limit: perRound });
  for (const mailId of mails) {
    await enqueue(db(), "notifications/send-mail", { mailId }, { key: mailJobKey(mailId) });
  }
  if (events.length + mails.length === 0) return;
  const counts = { events: events.length, mails: mails.length };
  log().warn(
    { "event.action": "notifications.requeued", ...counts },
    "events or mails without a job were queued again",
  );
};
