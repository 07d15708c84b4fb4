import type { NoticeRow } from "#lib/db/queries/notifications/notifications.ts";
import { defaultLocale, type Locale } from "#lib/i18n/locale.ts";
import { type Translate, translator } from "#lib/i18n/translator.ts";
import type { NotificationDto } from "#lib/notifications/dto.ts";
import { type EventFacts, eventFacts } from "#lib/notifications/event-facts.ts";
import { type EventType, isEventType } from "#lib/notifications/event-types.ts";
import { failureText } from "#lib/videos/failure-text.ts";

/** A message's key has no dots of its own. */
const keyOf = (type: EventType) => type.replaceAll(".", "_");

const textOf = (type: EventType, { facts, t, locale }: { facts: EventFacts; t: Translate; locale: Locale }): string => {
  const { title, code, percent, inviter, channel, host, days, username, email } = facts;
  switch (type) {
    case "video.failed":
      return `${title}\n${failureText({ code, locale }).message}`;
    case "video.taken_down":
      return [title, facts.reason].filter((part) => part !== "").join("\n");
    case "quota.near":
      return t("quota_near.text", { percent });
    case "channel.invitation":
      return t("channel_invitation.text", { inviter, channel });
    case "comment.received":
      return t(facts.held ? "comment_received.held" : "comment_received.text", { author: facts.author, title });
    case "comment.replied":
      return t("comment_replied.text", { author: facts.author, title });
    case "video.published":
      return t("video_published.text", { channel, title });
    case "export.ready":
      return t("export_ready.text");
    case "webhook.disabled":
      return t("webhook_disabled.text", { host, days });
    case "account.waiting":
      return t("account_waiting.text", { username, email });
    default:
      return title;
  }
};

const placeOf = (
  type: EventType,
  { videoId, videoGone }: NoticeRow,
  { assetId, commentId }: EventFacts,
): string | null => {
  if (type === "quota.near") return "/settings/usage";
  if (type === "channel.invitation") return "/settings/channels";
  if (type === "export.ready") return "/settings/data";
  if (type === "webhook.disabled") return "/settings/webhooks";
  if (type === "account.waiting") return "/admin/users?status=pending";
  if (videoId === null || videoGone) return null;
  if (type === "comment.received" || type === "comment.replied") {
    return commentId === null ? `/watch/${videoId}` : `/watch/${videoId}?comment=${commentId}`;
  }
  if (type === "audio.ready") return assetId === null ? null : `/download/${assetId}`;
  if (type === "video.failed" || type === "upload.finished" || type === "video.taken_down") {
    return `/studio/videos/${videoId}`;
  }
  return `/watch/${videoId}`;
};

/** A notice as its receiver reads it. A kind of another version is told as news without words of its own. */
export const toNotificationDto = (row: NoticeRow, locale: Locale = defaultLocale): NotificationDto => {
  const { id, type, videoId, createdAt, readAt } = row;
  const t = translator({ locale, namespace: "notifications" });
  const facts = eventFacts(row.data);
  const known = isEventType(type);
  return {
    ...{ id, type, videoId },
    title: t(known ? `${keyOf(type)}.title` : "unknown"),
    text: known ? textOf(type, { facts, t, locale }) : facts.title,
    href: known ? placeOf(type, row, facts) : null,
    createdAt: createdAt.toISOString(),
    readAt: readAt?.toISOString() ?? null,
  };
};
