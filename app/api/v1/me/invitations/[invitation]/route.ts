import { answerInvitation, getInvitation } from "#lib/channels/answer-invitation.ts";
import { channelSchema, invitationAnswerSchema, receivedInvitationSchema } from "#lib/channels/dto.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { receivedInvitationParams as params } from "#lib/web/path-params.ts";
import { route } from "#lib/web/route.ts";

export const GET = route(
  {
    name: "me.invitations.get",
    scope: "channels:read",
    summary: "An open invitation, by its id or the secret of its mail",
    params,
    response: receivedInvitationSchema,
  },
  ({ viewer, params }) => getInvitation({ viewer, ...params }),
);

export const POST = route(
  {
    name: "me.invitations.answer",
    scope: "channels:write",
    summary: "Accept or decline an invitation",
    params,
    body: invitationAnswerSchema,
    response: channelSchema,
  },
  ({ viewer, params, body }) => answerInvitation({ viewer, ...params, ...body }),
);

export const { PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET", "POST");
