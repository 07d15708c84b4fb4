import { listMyInvitations } from "#lib/channels/answer-invitation.ts";
import { receivedInvitationListSchema } from "#lib/channels/dto.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { route } from "#lib/web/route.ts";

export const GET = route(
  {
    name: "me.invitations.list",
    scope: "channels:read",
    summary: "Open invitations of the caller's confirmed address",
    response: receivedInvitationListSchema,
  },
  ({ viewer }) => listMyInvitations(viewer),
);

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET");
