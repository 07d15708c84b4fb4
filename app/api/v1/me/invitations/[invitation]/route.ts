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
    description:
      "The secret of the mail is enough for the account of that address; the id needs a confirmed address. `forbidden` for an account with another address, `not_found` for one that was answered, taken back or has expired after 14 days.",
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
    description:
      "Once, by its id or the secret of its mail. Accepting makes you a member of the channel at once, with the role of the invitation; declining ends it. Answers the channel as it is for you then. Errors as of `GET`.",
    params,
    body: invitationAnswerSchema,
    response: channelSchema,
  },
  ({ viewer, params, body }) => answerInvitation({ viewer, ...params, ...body }),
);

export const { PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET", "POST");
