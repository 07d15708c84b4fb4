import { memberListSchema, memberPatchSchema } from "#lib/channels/dto.ts";
import { changeMember, removeMember } from "#lib/channels/members.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { memberParams as params } from "#lib/web/path-params.ts";
import { route } from "#lib/web/route.ts";

export const PATCH = route(
  {
    name: "channels.members.edit",
    scope: "channels:write",
    summary: "Make a member owner or editor",
    description:
      "For owners. It holds at once. Open invitations of somebody who is no owner any more end. `conflict` for whoever made the channel, whose storage it counts against.",
    errors: ["conflict"],
    params,
    body: memberPatchSchema,
    response: memberListSchema,
  },
  ({ viewer, params, body }) => changeMember({ viewer, ...params, ...body }),
);

export const DELETE = route(
  {
    name: "channels.members.remove",
    scope: "channels:write",
    summary: "Take a member off a channel; everybody may take themselves off",
    description:
      "For owners, and for everybody about themselves. The channel is closed to them at once, and invitations that they wrote end; their videos stay. `conflict` for whoever made the channel.",
    errors: ["conflict"],
    params,
  },
  ({ viewer, params }) => removeMember({ viewer, ...params }),
);

export const { GET, POST, PUT, OPTIONS } = otherMethods("PATCH", "DELETE");
