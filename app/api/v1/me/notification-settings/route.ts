import { notificationChoicesSchema, notificationSettingsSchema } from "#lib/notifications/dto.ts";
import { getNotificationSettings, putNotificationSettings } from "#lib/notifications/notification-settings.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { route } from "#lib/web/route.ts";

export const GET = route(
  {
    name: "me.notification-settings.get",
    scope: "notifications",
    summary: "What you hear of, and how",
    description:
      "Every kind of event with two switches: a notice on the site and a mail. Kinds that are not `optional` cannot be switched off; kinds without a mail say so.",
    response: notificationSettingsSchema,
  },
  ({ viewer }) => getNotificationSettings(viewer),
);

export const PUT = route(
  {
    name: "me.notification-settings.put",
    scope: "notifications",
    summary: "Choose what you hear of, and how",
    description: "Kinds that are not named stay as they are. Kinds that are not `optional` cannot be switched off.",
    body: notificationChoicesSchema,
    response: notificationSettingsSchema,
  },
  ({ viewer, body: choices }) => putNotificationSettings({ viewer, choices }),
);

export const { POST, PATCH, DELETE, OPTIONS } = otherMethods("GET", "PUT");
