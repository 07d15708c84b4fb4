import { readNotificationsSchema, unreadSchema } from "#lib/notifications/dto.ts";
import { readNotifications } from "#lib/notifications/list-notifications.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { route } from "#lib/web/route.ts";

export const POST = route(
  {
    name: "me.notifications.read",
    scope: "notifications",
    summary: "Mark notices as read",
    description: "Some by their ids (at most 100), or all of them. Ids that are not yours change nothing.",
    body: readNotificationsSchema,
    response: unreadSchema,
  },
  ({ viewer, body: read }) => readNotifications({ viewer, read }),
);

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods("POST");
