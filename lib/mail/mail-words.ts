import type { Locale } from "#lib/i18n/locale.ts";
import type { Translate } from "#lib/i18n/translator.ts";
import type { MailData, MailKind } from "#lib/mail/mail-kinds.ts";
import { failureText } from "#lib/videos/failure-text.ts";

/** The words of one mail; addresses are places of this site. */
export type MailWords = {
  subject: string;
  heading: string;
  paragraphs: string[];
  quote?: string;
  action?: { label: string; path: string };
};

type Words<Kind extends MailKind> = (data: MailData<Kind>, speak: { t: Translate; locale: Locale }) => MailWords;

type Values = Record<string, string | number>;

/** Longest title in a subject, in characters: what mail programs show of it. */
const longestTitle = 80;
const shorten = (title: string) => {
  const signs = [...title.replaceAll(/\s+/g, " ").trim()];
  return signs.length <= longestTitle
    ? signs.join("")
    : `${signs
        .slice(0, longestTitle - 1)
        .join("")
        .trimEnd()}…`;
};

/** Subject, heading and text that stand under the kind's own keys. */
const plain = (t: Translate, kind: MailKind, values: Values = {}) => ({
  subject: t(`${kind}.subject`, values),
  heading: t(`${kind}.heading`, values),
  paragraphs: [t(`${kind}.text`, values)],
});

/** A day (UTC) as one writes it in that language: "December 5, 2026". */
const inWords = <Data extends { date: string }>(data: Data, locale: Locale): Data => ({
  ...data,
  date: new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" }).format(new Date(data.date)),
});

/** A log-in that leads on to the place: whoever opens the mail signed out comes there all the same. */
const behindLogin = (path: string) => `/login?${new URLSearchParams({ next: path })}`;

const aboutVideo = (t: Translate, kind: MailKind, { name, title }: { name: string; title: string }) => ({
  ...plain(t, kind, { name, title: shorten(title) }),
  quote: title,
});

/** A mail whose whole point is an address that opens something. */
const opening = (
  t: Translate,
  kind: "verify_email" | "reset_password" | "change_email",
  { path, ...values }: { path: string } & Values,
) => {
  const words = plain(t, kind, values);
  const paragraphs = [...words.paragraphs, t(`${kind}.note`)];
  return { ...words, paragraphs, action: { label: t(`${kind}.action`), path } };
};

type AboutComment = MailData<"comment_replied"> & { kind: "comment_received" | "comment_replied" };

/** Who wrote something under which video; the button leads to the comment itself. */
const aboutComment = (t: Translate, { kind, name, title, videoId, author, commentId }: AboutComment) => ({
  ...plain(t, kind, { name, author: shorten(author), title: shorten(title) }),
  quote: title,
  action: { label: t(`${kind}.action`), path: behindLogin(`/watch/${videoId}?comment=${commentId}`) },
});

/** How each kind is worded. */
export const mailWords: { [Kind in MailKind]: Words<Kind> } = {
  verify_email: (data, { t }) => opening(t, "verify_email", data),
  reset_password: (data, { t }) => opening(t, "reset_password", data),
  change_email: (data, { t }) => opening(t, "change_email", data),
  email_change_asked: (data, { t }) => ({
    ...plain(t, "email_change_asked", data),
    action: { label: t("email_change_asked.action"), path: behindLogin("/settings/security") },
  }),
  password_changed: ({ name }, { t }) => ({
    ...plain(t, "password_changed", { name }),
    action: { label: t("password_changed.action"), path: behindLogin("/settings/security") },
  }),
  second_factor_changed: ({ name, change }, { t }) => ({
    subject: t(`second_factor_changed.${change}.subject`),
    heading: t(`second_factor_changed.${change}.heading`),
    paragraphs: [t(`second_factor_changed.${change}.text`, { name }), t("second_factor_changed.note")],
    action: { label: t("second_factor_changed.action"), path: behindLogin("/settings/security") },
  }),
  connection_changed: ({ name, service, change }, { t }) => ({
    subject: t(`connection_changed.${change}.subject`, { service }),
    heading: t(`connection_changed.${change}.heading`, { service }),
    paragraphs: [t(`connection_changed.${change}.text`, { name, service }), t("connection_changed.note")],
    action: { label: t("connection_changed.action"), path: behindLogin("/settings/security") },
  }),
  channel_invitation: ({ inviter, channel, role, days, path }, { t }) => {
    const words = plain(t, "channel_invitation", { inviter, channel, days });
    return {
      ...words,
      paragraphs: [...words.paragraphs, t(`channel_invitation.role.${role}`), t("channel_invitation.note", { days })],
      action: { label: t("channel_invitation.action"), path },
    };
  },
  account_approved: ({ name }, { t }) => ({
    ...plain(t, "account_approved", { name }),
    action: { label: t("account_approved.action"), path: "/login" },
  }),
  account_rejected: ({ name, reason }, { t }) => {
    const words = plain(t, "account_rejected", { name });
    const told = reason === "" ? [] : [t("account_rejected.reason", { reason })];
    return { ...words, paragraphs: [...words.paragraphs, ...told] };
  },
  account_waiting: (data, { t }) => ({
    ...plain(t, "account_waiting", data),
    action: { label: t("account_waiting.action"), path: behindLogin("/admin/users?status=pending") },
  }),
  account_leaving: (data, { t, locale }) => ({
    ...plain(t, "account_leaving", inWords(data, locale)),
    action: { label: t("account_leaving.action"), path: "/login" },
  }),
  channel_leaving: (data, { t, locale }) => plain(t, "channel_leaving", inWords(data, locale)),
  export_ready: (data, { t }) => ({
    ...plain(t, "export_ready", data),
    action: { label: t("export_ready.action"), path: behindLogin("/settings/data") },
  }),
  video_ready: (data, { t }) => ({
    ...aboutVideo(t, "video_ready", data),
    action: { label: t("video_ready.action"), path: behindLogin(`/watch/${data.videoId}`) },
  }),
  video_failed: (data, { t, locale }) => {
    const { message, hint } = failureText({ code: data.code, locale });
    const words = aboutVideo(t, "video_failed", data);
    return {
      ...words,
      paragraphs: [...words.paragraphs, `${message} ${hint}`],
      action: { label: t("video_failed.action"), path: behindLogin(`/studio/videos/${data.videoId}`) },
    };
  },
  audio_ready: (data, { t }) => ({
    ...aboutVideo(t, "audio_ready", data),
    action: { label: t("audio_ready.action"), path: behindLogin(`/download/${data.assetId}`) },
  }),
  quota_near: (data, { t }) => ({
    ...plain(t, "quota_near", data),
    action: { label: t("quota_near.action"), path: behindLogin("/settings/usage") },
  }),
  webhook_disabled: (data, { t }) => ({
    ...plain(t, "webhook_disabled", data),
    action: { label: t("webhook_disabled.action"), path: behindLogin("/settings/webhooks") },
  }),
  video_taken_down: (data, { t }) => {
    const words = aboutVideo(t, "video_taken_down", data);
    const reason = data.reason === "" ? [] : [t("video_taken_down.reason", { reason: data.reason })];
    return {
      ...words,
      paragraphs: [...words.paragraphs, ...reason],
      action: { label: t("video_taken_down.action"), path: behindLogin("/studio") },
    };
  },
  video_restored: (data, { t }) => ({
    ...aboutVideo(t, "video_restored", data),
    action: { label: t("video_restored.action"), path: behindLogin(`/watch/${data.videoId}`) },
  }),
  comment_received: ({ held, ...data }, { t }) => {
    const words = aboutComment(t, { ...data, kind: "comment_received" });
    return held ? { ...words, paragraphs: [...words.paragraphs, t("comment_received.held")] } : words;
  },
  comment_replied: (data, { t }) => aboutComment(t, { ...data, kind: "comment_replied" }),
  video_published: ({ name, title, videoId, channel }, { t }) => ({
    ...plain(t, "video_published", { name, channel: shorten(channel), title: shorten(title) }),
    quote: title,
    action: { label: t("video_published.action"), path: behindLogin(`/watch/${videoId}`) },
  }),
};
