import { subscriptionChangeSchema, subscriptionSchema } from "#lib/library/dto.ts";
import { readSubscription, subscribe, unsubscribeFrom } from "#lib/library/subscriptions.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { channelParams as params } from "#lib/web/path-params.ts";
import { route } from "#lib/web/route.ts";

export const GET = route(
  {
    name: "subscriptions.get",
    scope: "channels:read",
    anonymous: true,
    summary: "How many follow a channel",
    description: "For everybody; `subscribed` and `notify` are the caller's.",
    params,
    response: subscriptionSchema,
  },
  ({ viewer, params }) => readSubscription({ viewer, handle: params.handle }),
);

export const PUT = route(
  {
    name: "subscriptions.put",
    scope: "library:write",
    summary: "Subscribe to a channel",
    description:
      "Its new videos come in `GET /me/feed`, and as notices unless `notify` is `none`. Repeating it only changes `notify`. `conflict` for your own channel and beyond 2000.",
    errors: ["conflict"],
    params,
    body: subscriptionChangeSchema,
    response: subscriptionSchema,
  },
  ({ viewer, params, body }) => subscribe({ viewer, handle: params.handle, notify: body.notify }),
);

export const DELETE = route(
  {
    name: "subscriptions.delete",
    scope: "library:write",
    summary: "Unsubscribe from a channel",
    description: "Repeating it changes nothing.",
    params,
    response: subscriptionSchema,
  },
  ({ viewer, params }) => unsubscribeFrom({ viewer, handle: params.handle }),
);

export const { POST, PATCH, OPTIONS } = otherMethods("GET", "PUT", "DELETE");
