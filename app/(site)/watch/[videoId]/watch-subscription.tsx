import { SubscribeButton } from "#components/library/subscribe-button.tsx";
import { isChannelMember } from "#lib/channels/read-channels.ts";
import { readSubscription } from "#lib/library/subscriptions.ts";
import { currentViewer } from "#lib/web/identity/current-viewer.ts";
import { ifReachable } from "./if-reachable.ts";

/** Follows the video's channel; nothing for those who work on it. */
export const WatchSubscription = async ({
  channel,
  videoId,
}: {
  channel: { id: string; handle: string; name: string };
  videoId: string;
}) => {
  const viewer = await currentViewer();
  if (await isChannelMember({ viewer, channelId: channel.id })) return null;
  const subscription = await ifReachable(readSubscription({ viewer, handle: channel.handle }));
  if (subscription === null) return null;
  return (
    <SubscribeButton channel={channel} first={subscription} signedIn={viewer !== null} next={`/watch/${videoId}`} />
  );
};
