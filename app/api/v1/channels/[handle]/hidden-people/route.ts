import { hiddenPeopleSchema } from "#lib/comments/dto.ts";
import { readHiddenPeople } from "#lib/comments/moderate.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { channelParams as params } from "#lib/web/path-params.ts";
import { route } from "#lib/web/route.ts";

export const GET = route(
  {
    name: "hidden_people.list",
    scope: "channels:read",
    summary: "Who is hidden on a channel",
    description: "For those who work on it. What they write under its videos only they themselves and the channel see.",
    params,
    response: hiddenPeopleSchema,
  },
  ({ viewer, params }) => readHiddenPeople({ viewer, handle: params.handle }),
);

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET");
