import { z } from "zod";
import { idSchema } from "#lib/ids.ts";
import { eventTypes } from "#lib/notifications/event-types.ts";

const [firstType, ...otherTypes] = eventTypes;

/** A kind of event. */
export const eventTypeSchema = z.enum(firstType === undefined ? [] : [firstType, ...otherTypes]);

/** One line of the notification centre, worded in the reader's language. */
export const notificationSchema = z
  .object({
    id: idSchema,
    type: z.string().describe("A kind of event; later versions may have more."),
    title: z.string().describe("What happened."),
    text: z.string().describe("What it happened to; may be empty."),
    href: z.string().nullable().describe("A place of this site to look at; null when there is none any more."),
    videoId: idSchema.nullable(),
    createdAt: z.iso.datetime(),
    readAt: z.iso.datetime().nullable(),
  })
  .meta({ id: "Notification" });
/** See `notificationSchema`. */
export type NotificationDto = z.output<typeof notificationSchema>;

/** How many unread notices are counted; there may be more. */
export const mostUnread = 100;

const unread = z.number().int().min(0).max(mostUnread).describe("Unread notices, counted to 100.");

/** A page of notices, newest first. */
export const notificationPageSchema = z
  .object({ items: z.array(notificationSchema), nextCursor: z.string().nullable(), unread })
  .meta({ id: "NotificationPage" });
/** See `notificationPageSchema`. */
export type NotificationPageDto = z.output<typeof notificationPageSchema>;

/** What a list of notices may be asked for. */
export const notificationQuerySchema = z.strictObject({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
});
/** See `notificationQuerySchema`. */
export type NotificationQuery = z.output<typeof notificationQuerySchema>;

/** Which notices were read. */
export const readNotificationsSchema = z
  .union([z.strictObject({ ids: z.array(idSchema).min(1).max(100) }), z.strictObject({ all: z.literal(true) })])
  .meta({ id: "ReadNotifications" });
/** See `readNotificationsSchema`. */
export type ReadNotifications = z.output<typeof readNotificationsSchema>;

/** How many notices are unread. */
export const unreadSchema = z.object({ unread }).meta({ id: "UnreadNotifications" });
/** See `unreadSchema`. */
export type UnreadDto = z.output<typeof unreadSchema>;

/** How the caller hears of one kind of event. */
export const notificationSettingSchema = z
  .object({
    type: eventTypeSchema,
    inApp: z.boolean(),
    email: z.boolean(),
    optional: z.boolean().describe("False: what one must know; it cannot be switched off."),
    hasMail: z.boolean().describe("False: there is no mail of this kind."),
  })
  .meta({ id: "NotificationSetting" });
/** See `notificationSettingSchema`. */
export type NotificationSettingDto = z.output<typeof notificationSettingSchema>;

/** How the caller hears of every kind. */
export const notificationSettingsSchema = z
  .object({ items: z.array(notificationSettingSchema) })
  .meta({ id: "NotificationSettings" });
/** See `notificationSettingsSchema`. */
export type NotificationSettingsDto = z.output<typeof notificationSettingsSchema>;

/** What the caller chooses; kinds that are not named stay as they are. */
export const notificationChoicesSchema = z
  .strictObject({
    items: z
      .array(z.strictObject({ type: eventTypeSchema, inApp: z.boolean(), email: z.boolean() }))
      .min(1)
      .max(50),
  })
  .meta({ id: "NotificationChoices" });
/** See `notificationChoicesSchema`. */
export type NotificationChoices = z.output<typeof notificationChoicesSchema>;
