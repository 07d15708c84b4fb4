import { listMyInvitations } from "#lib/channels/answer-invitation.ts";
import { receivedInvitationListSchema } from "#lib/channels/dto.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { route } from "#lib/web/route.ts";

export const GET = route(
  {
    name: "me.invitations.list",
    scope: "channels:read",
    summary: "Open invitations of the caller's confirmed address",
    description:
      "To work on somebody's channel, newest first, all at once. Empty while your address is not confirmed: otherwise anybody could take an address and its invitations.",
    response: receivedInvitationListSchema,
  },
  ({ viewer }) => listMyInvitations(viewer),
);

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET");
