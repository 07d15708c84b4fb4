import { z } from "zod";
import { getMe } from "#lib/accounts/me.ts";
import { listOwnChannels } from "#lib/channels/read-channels.ts";
import { AppError } from "#lib/errors.ts";
import { idSchema } from "#lib/ids.ts";
import { invalidInput } from "#lib/web/field-texts.ts";
import type { FrameContext } from "#lib/web/frame.ts";
import { eventsDescription } from "#lib/web/openapi/raw/events.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { rawRoute } from "#lib/web/route.ts";
import { myVideoEvents } from "#lib/web/streams/video-events.ts";

/** Most videos of others that one stream follows. */
const mostWatched = 20;

const query = z.strictObject({
  account: idSchema
    .optional()
    .describe("Id of the account that is meant: a stream for another one than the caller is refused."),
  only: z.literal("notifications").optional().describe("Leaves the caller's videos out."),
  watch: z
    .string()
    .transform((ids) => ids.split(","))
    .pipe(z.array(idSchema).max(mostWatched))
    .optional()
    .describe("Ids of videos, separated by commas, that are told too as far as the caller may see them; 20 at most."),
});

const queryOf = ({ request, locale }: FrameContext) => {
  const input = Object.fromEntries(new URL(request.url).searchParams);
  const result = query.safeParse(input);
  if (!result.success) throw invalidInput(result.error, { locale, input });
  return result.data;
};

/** Events of all of the caller's videos, and its notices. */
export const GET = rawRoute(
  {
    name: "me.events",
    scope: "videos:read",
    summary: "Events of all of your videos",
    description:
      "`progress`, `playable`, `ready`, `failed`, `changed` and `deleted`, each with the video as data; and `notification` with `{notification, unread}`: the new notice, or null at first and when some were read, and how many are unread. An API token hears of notices only with the scope `notifications`. `watched` with `{event, video}` tells of the videos in `watch`, their present state first; one that the caller may not see is not told of.",
    errors: ["invalid_input", "forbidden", "unavailable"],
    openapi: { ...eventsDescription, query },
  },
  async (context) => {
    const { account, only, watch = [] } = queryOf(context);
    const [{ id: accountId }, { items }] = await Promise.all([getMe(context.viewer), listOwnChannels(context.viewer)]);
    if (account !== undefined && account !== accountId) {
      throw new AppError("forbidden", { hint: "Somebody else is signed in by now; load the page anew." });
    }
    const channelIds = items.map(({ id }) => id);
    return myVideoEvents(context, { videos: only === undefined, accountId, channelIds, watched: watch });
  },
);

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET");
