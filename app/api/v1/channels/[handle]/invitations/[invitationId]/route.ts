import { revokeInvitation } from "#lib/channels/invite.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { channelInvitationParams as params } from "#lib/web/path-params.ts";
import { route } from "#lib/web/route.ts";

export const DELETE = route(
  {
    name: "channels.invitations.revoke",
    scope: "channels:write",
    summary: "Take an open invitation back",
    description:
      "For the channel's owners. The link in its mail leads nowhere from then on; nobody is told. `not_found` for one that was answered, has expired or was taken back before.",
    params,
  },
  ({ viewer, params }) => revokeInvitation({ viewer, ...params }),
);

export const { GET, POST, PUT, PATCH, OPTIONS } = otherMethods("DELETE");
