import { z } from "zod";
import { playbackTokenParameter } from "#lib/playback/dto.ts";
import { listTranscript } from "#lib/search/cues/list-transcript.ts";
import { cueListSchema } from "#lib/search/dto.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { captionParams as params } from "#lib/web/path-params.ts";
import { route } from "#lib/web/route.ts";

const query = z.object({ token: playbackTokenParameter });

export const GET = route(
  {
    name: "captions.cues",
    scope: "videos:read",
    anonymous: true,
    summary: "The lines of a text track",
    description:
      "All of them in order, in plain words with their times: a transcript. `not_found` also for a video that you may not see, and while it cannot be played. With `token` the lines of a private video open to whoever has a playback token of it; `forbidden` for one that is edited, expired, revoked or another video's.",
    errors: ["forbidden"],
    params,
    query,
    response: cueListSchema,
  },
  ({ viewer, params, query: { token }, request }) =>
    listTranscript({ viewer, ...params, token, signal: request.signal }),
);

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET");
