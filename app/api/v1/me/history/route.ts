import { historyChangeSchema, historyPageSchema, historyStateSchema, libraryQuerySchema } from "#lib/library/dto.ts";
import { forgetHistory, listHistory, pauseHistory } from "#lib/library/history.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { route } from "#lib/web/route.ts";

export const GET = route(
  {
    name: "me.history.list",
    scope: "library:read",
    summary: "What you watched",
    description: "The latest first. What is no longer available stands there without its video.",
    query: libraryQuerySchema,
    response: historyPageSchema,
  },
  ({ viewer, query, locale }) => listHistory({ viewer, query, locale }),
);

export const PATCH = route(
  {
    name: "me.history.pause",
    scope: "library:write",
    summary: "Pause your history, or go on with it",
    description: "While it is paused nothing is written down, not even where you stop; what is there stays.",
    body: historyChangeSchema,
    response: historyStateSchema,
  },
  ({ viewer, body }) => pauseHistory({ viewer, paused: body.paused }),
);

export const DELETE = route(
  {
    name: "me.history.clear",
    scope: "library:write",
    summary: "Clear your history",
    description: "For good, with where you stopped in each video.",
  },
  ({ viewer }) => forgetHistory({ viewer, videoId: null }),
);

export const { POST, PUT, OPTIONS } = otherMethods("GET", "PATCH", "DELETE");
