import { z } from "zod";
import { getMe } from "#lib/accounts/me.ts";
import { listOwnChannels } from "#lib/channels/read-channels.ts";
import { eventsDescription } from "#lib/web/openapi/raw/events.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { rawRoute } from "#lib/web/route.ts";
import { myVideoEvents } from "#lib/web/video-events.ts";

const query = z.strictObject({
  only: z.literal("notifications").optional().describe("Leaves the videos out."),
});

/** Events of all of the caller's videos, and its notices. */
export const GET = rawRoute(
  {
    name: "me.events",
    scope: "videos:read",
    summary: "Events of all of your videos",
    description:
      "`progress`, `playable`, `ready`, `failed`, `changed` and `deleted`, each with the video as data; and `notification` with `{notification, unread}`: the new notice, or null at first and when some were read, and how many are unread. An API token hears of notices only with the scope `notifications`.",
    errors: ["unavailable"],
    openapi: { ...eventsDescription, query },
  },
  async (context) => {
    const [{ id: accountId }, { items }] = await Promise.all([getMe(context.viewer), listOwnChannels(context.viewer)]);
    const videos = new URL(context.request.url).searchParams.get("only") !== "notifications";
    return myVideoEvents(context, { videos, accountId, channelIds: items.map(({ id }) => id) });
  },
);

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET");
