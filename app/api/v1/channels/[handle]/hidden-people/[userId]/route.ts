import { setPersonHidden } from "#lib/comments/moderate.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { memberParams as params } from "#lib/web/path-params.ts";
import { route } from "#lib/web/route.ts";

export const PUT = route(
  {
    name: "hidden_people.put",
    scope: "comments:write",
    summary: "Hide somebody on a channel",
    description:
      "For those who work on it: all that this person wrote and will write under its videos is seen by them and by the channel alone. They are not told. Repeating it changes nothing; `conflict` for somebody who works on the channel.",
    errors: ["conflict"],
    params,
  },
  ({ viewer, params }) => setPersonHidden({ viewer, ...params, hidden: true }),
);

export const DELETE = route(
  {
    name: "hidden_people.delete",
    scope: "comments:write",
    summary: "Hide somebody no more",
    description: "What they wrote is there for everybody again. Repeating it changes nothing.",
    params,
  },
  ({ viewer, params }) => setPersonHidden({ viewer, ...params, hidden: false }),
);

export const { GET, POST, PATCH, OPTIONS } = otherMethods("PUT", "DELETE");
