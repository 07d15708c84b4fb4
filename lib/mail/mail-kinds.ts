import { z } from "zod";
import { idSchema } from "#lib/ids.ts";

const name = z.string();
/** A place of this site, `/reset?token=…`; the site's own address is put before it. */
const path = z.string().startsWith("/");
const title = z.string();
const videoId = idSchema;
const comment = z.object({ name, title, videoId, author: z.string(), commentId: idSchema });

/**
 * Every kind of mail and what its text is made of. `secret` ones carry an address that opens something by itself: their
 * text is forgotten once it was sent.
 */
export const mailKinds = {
  verify_email: { data: z.object({ name, path, hours: z.number() }), secret: true },
  reset_password: { data: z.object({ name, path, minutes: z.number() }), secret: true },
  /** To the new address. */
  change_email: { data: z.object({ name, path, hours: z.number() }), secret: true },
  /** To the present address, when somebody asks for another one. */
  email_change_asked: { data: z.object({ name, email: z.string() }), secret: false },
  password_changed: { data: z.object({ name }), secret: false },
  second_factor_changed: { data: z.object({ name, change: z.enum(["on", "off", "codes"]) }), secret: false },
  /** A log-in at another service opens the account from now on, or no longer. `service` is its name. */
  connection_changed: {
    data: z.object({ name, service: z.string(), change: z.enum(["connected", "disconnected"]) }),
    secret: false,
  },
  channel_invitation: {
    data: z.object({
      inviter: z.string(),
      channel: z.string(),
      role: z.enum(["owner", "editor"]),
      path,
      days: z.number(),
    }),
    secret: true,
  },
  account_approved: { data: z.object({ name }), secret: false },
  /** `reason` may be empty. */
  account_rejected: { data: z.object({ name, reason: z.string() }), secret: false },
  /** To an admin. */
  account_waiting: { data: z.object({ name, username: z.string(), email: z.string() }), secret: false },
  /** `date`: `2026-12-05`, when it is removed. */
  account_leaving: { data: z.object({ name, date: z.iso.date() }), secret: false },
  /** To those who work on a channel whose founder leaves. */
  channel_leaving: { data: z.object({ name, channel: z.string(), date: z.iso.date() }), secret: false },
  export_ready: { data: z.object({ name, days: z.number() }), secret: false },
  video_ready: { data: z.object({ name, title, videoId }), secret: false },
  /** `code` is one of lib/media/failures.ts. */
  video_failed: { data: z.object({ name, title, videoId, code: z.string() }), secret: false },
  audio_ready: { data: z.object({ name, title, assetId: idSchema }), secret: false },
  quota_near: { data: z.object({ name, percent: z.number() }), secret: false },
  webhook_disabled: { data: z.object({ name, host: z.string(), days: z.number() }), secret: false },
  video_taken_down: { data: z.object({ name, title, videoId, reason: z.string() }), secret: false },
  video_restored: { data: z.object({ name, title, videoId }), secret: false },
  /** `held`: it waits for the channel. The words themselves stay on the site, where they can be taken back. */
  comment_received: { data: comment.extend({ held: z.boolean() }), secret: false },
  comment_replied: { data: comment, secret: false },
  video_published: { data: z.object({ name, title, videoId, channel: z.string() }), secret: false },
} as const;

/** See `mailKinds`. */
export type MailKind = keyof typeof mailKinds;
/** What a kind's text is made of. */
export type MailData<Kind extends MailKind> = z.output<(typeof mailKinds)[Kind]["data"]>;

/** Whether a stored kind is one of this version's. */
export const isMailKind = (kind: string): kind is MailKind => Object.hasOwn(mailKinds, kind);
