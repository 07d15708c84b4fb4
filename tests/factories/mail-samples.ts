import type { MailData, MailKind } from "#lib/mail/mail-kinds.ts";

const id = "01912345-0000-7000-8000-000000000001";
const name = "Олена Коваленко";
const title = "Ранок у Карпатах: похід на Говерлу, день перший";

const sample = <Kind extends MailKind>(kind: Kind, data: MailData<Kind>) => ({ kind, data });

/** One mail of every kind, as it could be. */
export const mailSamples = [
  sample("verify_email", { name, path: "/verify?token=abc", hours: 24 }),
  sample("reset_password", { name, path: "/reset?token=abc", minutes: 30 }),
  sample("change_email", { name, path: "/change-email?token=abc", hours: 24 }),
  sample("email_change_asked", { name, email: "olena.new@example.org" }),
  sample("password_changed", { name }),
  sample("second_factor_changed", { name, change: "on" }),
  sample("second_factor_changed", { name, change: "off" }),
  sample("second_factor_changed", { name, change: "codes" }),
  sample("connection_changed", { name, service: "GitHub", change: "connected" }),
  sample("connection_changed", { name, service: "GitHub", change: "disconnected" }),
  sample("channel_invitation", { inviter: name, channel: "Гори", role: "editor", path: "/invitations/abc", days: 7 }),
  sample("account_approved", { name }),
  sample("account_rejected", { name, reason: "This server is for the staff of the museum." }),
  sample("account_waiting", { name, username: "taras", email: "taras@example.org" }),
  sample("account_leaving", { name, date: "2026-12-05" }),
  sample("channel_leaving", { name, channel: "Гори", date: "2026-12-05" }),
  sample("export_ready", { name, days: 7 }),
  sample("video_ready", { name, title, videoId: id }),
  sample("video_failed", { name, title, videoId: id, code: "corrupt" }),
  sample("audio_ready", { name, title, assetId: id }),
  sample("quota_near", { name, percent: 82 }),
  sample("webhook_disabled", { name, host: "hooks.example.org", days: 3 }),
  sample("video_taken_down", { name, title, videoId: id, reason: "The music is not yours." }),
  sample("video_restored", { name, title, videoId: id }),
  sample("comment_received", { name, title, videoId: id, author: "Тарас", commentId: id, held: false }),
  sample("comment_received", { name, title, videoId: id, author: "Тарас", commentId: id, held: true }),
  sample("comment_replied", { name, title, videoId: id, author: "Тарас", commentId: id }),
  sample("video_published", { name, title, videoId: id, channel: "Гори" }),
] as const;
