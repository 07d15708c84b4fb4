import type { Account } from "#lib/accounts/viewer.ts";
import type { PlaybackTokenDto } from "#lib/playback/dto.ts";
import { listPlaybackTokens } from "#lib/playback/playback-tokens.ts";
import { getChannelSharing } from "#lib/sharing/channel-sharing.ts";
import { getVideoSharing } from "#lib/sharing/video-sharing.ts";

const pageSize = 100;

type Asked = { viewer: Account; signal: AbortSignal };

const tokensOf = async ({ viewer, signal }: Asked, videoId: string): Promise<PlaybackTokenDto[]> => {
  const tokens: PlaybackTokenDto[] = [];
  for (let cursor: string | undefined; ; ) {
    signal.throwIfAborted();
    const page = await listPlaybackTokens({ viewer, videoId, query: { limit: pageSize, cursor } });
    tokens.push(...page.items);
    if (page.nextCursor === null) return tokens;
    cursor = page.nextCursor;
  }
};

/** What others may do with an account's channels and videos, and the tokens that open them; the tokens' secrets are not kept. */
export const collectSharing = async (
  asked: Asked & { channels: readonly { handle: string }[]; videoIds: readonly string[] },
) => {
  const { viewer, signal, channels, videoIds } = asked;
  const ofChannels: unknown[] = [];
  for (const { handle } of channels) {
    signal.throwIfAborted();
    ofChannels.push({ handle, ...(await getChannelSharing({ viewer, handle })) });
  }
  const ofVideos: unknown[] = [];
  for (const videoId of videoIds) {
    const sharing = await getVideoSharing({ viewer, videoId });
    ofVideos.push({ videoId, ...sharing, playbackTokens: await tokensOf(asked, videoId) });
  }
  return { channels: ofChannels, videos: ofVideos };
};
