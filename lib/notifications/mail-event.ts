import type { Tx } from "#lib/db/client.ts";
import type { UserRow } from "#lib/db/queries/accounts/users.ts";
import type { OutboxEvent } from "#lib/db/queries/notifications/outbox.ts";
import { defaultLocale } from "#lib/i18n/locale.ts";
import type { MailKind } from "#lib/mail/mail-kinds.ts";
import { unsubscribeToken } from "#lib/mail/unsubscribe-token.ts";
import { type EventFacts, eventFacts } from "#lib/notifications/event-facts.ts";
import { type EventType, eventKinds } from "#lib/notifications/event-types.ts";
import { type NewMail, queueMail } from "#lib/notifications/queue-mail.ts";

type Told = { event: OutboxEvent; type: EventType; user: UserRow };
type Common = Omit<NewMail<MailKind>, "kind" | "data">;

const commonOf = ({ event, type, user }: Told): Common => ({
  userId: user.id,
  toAddress: user.email,
  locale: user.locale ?? defaultLocale,
  dedupeKey: `event:${event.id}`,
  ...(eventKinds[type].optional ? { unsubscribeToken: unsubscribeToken({ userId: user.id, type }) } : {}),
});

type About = { common: Common; name: string; facts: EventFacts; videoId: string };

/** Mails about what people do under a video and what a channel publishes. */
const mailPeople = async (tx: Tx, type: EventType, { common, name, facts, videoId }: About): Promise<void> => {
  const { title, author, channel, commentId, held } = facts;
  if (type === "video.published") {
    return queueMail(tx, { ...common, kind: "video_published", data: { name, title, videoId, channel } });
  }
  if (commentId === null) return;
  const data = { name, title, videoId, author, commentId };
  if (type === "comment.received") {
    return queueMail(tx, { ...common, kind: "comment_received", data: { ...data, held } });
  }
  if (type === "comment.replied") return queueMail(tx, { ...common, kind: "comment_replied", data });
};

const mailVideo = async (tx: Tx, { type, ...told }: About & { type: EventType }): Promise<void> => {
  const { common, name, facts, videoId } = told;
  const about = { name, title: facts.title, videoId };
  if (type === "video.ready") return queueMail(tx, { ...common, kind: "video_ready", data: about });
  if (type === "video.restored") return queueMail(tx, { ...common, kind: "video_restored", data: about });
  if (type === "video.failed") {
    return queueMail(tx, { ...common, kind: "video_failed", data: { ...about, code: facts.code } });
  }
  if (type === "video.taken_down") {
    return queueMail(tx, { ...common, kind: "video_taken_down", data: { ...about, reason: facts.reason } });
  }
  return mailPeople(tx, type, told);
};

/**
 * Writes the mail of an event, one however often it is called. Kinds that have none are left out: an invitation's mail
 * carries a secret and is written where that is made.
 */
export const mailEvent = async (tx: Tx, told: Told): Promise<void> => {
  const { event, type, user } = told;
  const common = commonOf(told);
  const name = user.displayName;
  const facts = eventFacts(event.data);
  if (type === "quota.near") {
    return queueMail(tx, { ...common, kind: "quota_near", data: { name, percent: facts.percent } });
  }
  if (type === "export.ready")
    return queueMail(tx, { ...common, kind: "export_ready", data: { name, days: facts.days } });
  if (type === "webhook.disabled") {
    const { host, days } = facts;
    return queueMail(tx, { ...common, kind: "webhook_disabled", data: { name, host, days } });
  }
  if (type === "account.waiting") {
    const { username, email } = facts;
    return queueMail(tx, { ...common, kind: "account_waiting", data: { name, username, email } });
  }
  if (type === "audio.ready" && facts.assetId !== null) {
    const { title, assetId } = facts;
    return queueMail(tx, { ...common, kind: "audio_ready", data: { name, title, assetId } });
  }
  if (event.videoId !== null) await mailVideo(tx, { type, common, name, facts, videoId: event.videoId });
};
