import { revokeInvitation } from "#lib/channels/invite.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { channelInvitationParams as params } from "#lib/web/path-params.ts";
import { route } from "#lib/web/route.ts";

export const DELETE = route(
  { name: "channels.invitations.revoke", scope: "channels:write", summary: "Take an open invitation back", params },
  ({ viewer, params }) => revokeInvitation({ viewer, ...params }),
);

export const { GET, POST, PUT, PATCH, OPTIONS } = otherMethods("DELETE");
