import { followedChannelPageSchema, libraryQuerySchema } from "#lib/library/dto.ts";
import { listSubscriptions } from "#lib/library/subscriptions.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { route } from "#lib/web/route.ts";

export const GET = route(
  {
    name: "me.subscriptions",
    scope: "library:read",
    summary: "Channels that you follow",
    description:
      "For whoever asks, by name: how many follow each channel, whether its new videos are told, and since when. Channels that were deleted are left out; `invalid_input` for a cursor that is not ours.",
    query: libraryQuerySchema,
    response: followedChannelPageSchema,
  },
  ({ viewer, query }) => listSubscriptions({ viewer, query }),
);

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET");
