import { invitationListSchema, invitationSchema, newInvitationSchema } from "#lib/channels/dto.ts";
import { invite, listInvitations } from "#lib/channels/invite.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { channelParams as params } from "#lib/web/path-params.ts";
import { route } from "#lib/web/route.ts";

export const GET = route(
  {
    name: "channels.invitations.list",
    scope: "channels:read",
    summary: "A channel's open invitations, for its owners",
    description:
      "All at once: whom an owner invited, as what, and until when it can be answered. `forbidden` for editors and strangers.",
    params,
    response: invitationListSchema,
  },
  ({ viewer, params }) => listInvitations({ viewer, handle: params.handle }),
);

export const POST = route(
  {
    name: "channels.invitations.create",
    scope: "channels:write",
    summary: "Invite somebody by mail to work on a channel",
    description:
      "An open invitation of the same address is replaced. It is answered by the address in its mail, or by its id from an account that has confirmed that address.",
    errors: ["conflict"],
    params,
    body: newInvitationSchema,
    response: invitationSchema,
    status: 201,
  },
  ({ viewer, params, body, locale }) => invite({ viewer, handle: params.handle, invitation: body, locale }),
);

export const { PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET", "POST");
