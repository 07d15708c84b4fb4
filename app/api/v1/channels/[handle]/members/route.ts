import { memberListSchema } from "#lib/channels/dto.ts";
import { listMembers } from "#lib/channels/members.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { channelParams as params } from "#lib/web/path-params.ts";
import { route } from "#lib/web/route.ts";

export const GET = route(
  {
    name: "channels.members.list",
    scope: "channels:read",
    summary: "Who works on a channel, for its members",
    description:
      "For those who work on it: everybody else gets `forbidden`, since channels are public and who works on them is not. `isFounder` marks whoever made it. All at once.",
    params,
    response: memberListSchema,
  },
  ({ viewer, params }) => listMembers({ viewer, handle: params.handle }),
);

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET");
