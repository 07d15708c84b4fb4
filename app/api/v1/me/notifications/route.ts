import { notificationPageSchema, notificationQuerySchema } from "#lib/notifications/dto.ts";
import { listNotifications } from "#lib/notifications/list-notifications.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { route } from "#lib/web/route.ts";

export const GET = route(
  {
    name: "me.notifications.list",
    scope: "notifications",
    summary: "Your notices, newest first",
    description: "Worded in the caller's language. New ones come live over `GET /me/events` as `notification`.",
    query: notificationQuerySchema,
    response: notificationPageSchema,
  },
  ({ viewer, query, locale }) => listNotifications({ viewer, query, locale }),
);

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET");
