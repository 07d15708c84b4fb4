import { libraryQuerySchema } from "#lib/library/dto.ts";
import { listSubscriptionFeed } from "#lib/library/subscriptions.ts";
import { videoPageSchema } from "#lib/videos/dto.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { route } from "#lib/web/route.ts";

export const GET = route(
  {
    name: "me.feed",
    scope: "library:read",
    summary: "New videos of the channels that you follow",
    description: "Public ones, the newest first.",
    query: libraryQuerySchema,
    response: videoPageSchema,
  },
  ({ viewer, query, locale }) => listSubscriptionFeed({ viewer, query, locale }),
);

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET");
