import { requireChannel } from "#lib/channels/policy.ts";
import { db } from "#lib/db/client.ts";
import type { ChannelRow } from "#lib/db/queries/channels/channels.ts";
import { listFeedVideos, listPodcastVideos } from "#lib/db/queries/sharing/shared-videos.ts";
import { AppError } from "#lib/errors.ts";
import { defaultLocale } from "#lib/i18n/locale.ts";
import { channelFeed } from "#lib/sharing/channel-feed.ts";
import { podcastFeed } from "#lib/sharing/podcast-feed.ts";
import { isTold, toFeedVideo } from "#lib/sharing/shared-video.ts";

const feedLength = 50;
const podcastLength = 300;

type Asked = { handle: string; origin: string };

/** The channel behind `@handle`. Throws `not_found`, also for a name without `@`. */
const channelOf = (handle: string): Promise<ChannelRow> => {
  if (!handle.startsWith("@")) throw new AppError("not_found");
  return requireChannel(db(), handle);
};

/** The channel's newest public videos as RSS. Throws `not_found`. */
export const getChannelFeed = async ({ handle, origin }: Asked): Promise<string> => {
  const channel = await channelOf(handle);
  const rows = await listFeedVideos(db(), { channelId: channel.id, limit: feedLength });
  return channelFeed({ channel, videos: rows.filter(isTold).map(toFeedVideo), origin });
};

/** The channel's podcast: public videos that may be downloaded and have a sound file. Throws `not_found`. */
export const getPodcastFeed = async ({ handle, origin }: Asked): Promise<string> => {
  const channel = await channelOf(handle);
  const rows = await listPodcastVideos(db(), { channelId: channel.id, limit: podcastLength });
  const language = rows.find((row) => row.language !== null)?.language ?? defaultLocale;
  const episodes = rows.map((row) => ({ ...toFeedVideo(row), sound: row.sound }));
  return podcastFeed({ channel, episodes, origin, language });
};
