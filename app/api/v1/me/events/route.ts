import { getMe } from "#lib/accounts/me.ts";
import { listOwnChannels } from "#lib/channels/read-channels.ts";
import { eventsDescription } from "#lib/web/openapi/raw/events.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { rawRoute } from "#lib/web/route.ts";
import { myVideoEvents } from "#lib/web/video-events.ts";

/** Events of all of the caller's videos: `progress`, `playable`, `ready`, `failed`, `changed`, `deleted`. */
export const GET = rawRoute(
  {
    name: "me.events",
    scope: "videos:read",
    summary: "Events of all of your videos",
    description: "`progress`, `playable`, `ready`, `failed`, `changed` and `deleted`, each with the video as data.",
    errors: ["unavailable"],
    openapi: eventsDescription,
  },
  async (context) => {
    const [{ id: accountId }, { items }] = await Promise.all([getMe(context.viewer), listOwnChannels(context.viewer)]);
    return myVideoEvents(context, { accountId, channelIds: items.map(({ id }) => id) });
  },
);

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET");
