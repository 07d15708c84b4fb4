/** What plays after a video, as the end of that one shows it; `posterUrl` is the smallest copy that there is. */
export type NextVideo = { id: string; title: string; channelName: string; posterUrl: string | null; href: string };

type Listed = {
  id: string;
  title: string;
  playable: boolean;
  channel: { name: string };
  playback: { posterUrl: string | null; thumbnails: readonly { url: string }[] };
};

const shown = ({ id, title, channel, playback }: Listed, href: string): NextVideo => ({
  ...{ id, title, channelName: channel.name, href },
  posterUrl: playback.thumbnails[0]?.url ?? playback.posterUrl,
});

/**
 * What plays after a video: the next of the playlist that one watches, and without one or at its end the first related one.
 * What cannot be played is left out.
 */
export const nextVideo = (input: {
  videoId: string;
  playlist: { id: string; videos: readonly Listed[] } | null;
  related: readonly Listed[];
}): NextVideo | null => {
  const { videoId, playlist, related } = input;
  const at = playlist?.videos.findIndex(({ id }) => id === videoId) ?? -1;
  const following = at === -1 ? undefined : playlist?.videos.slice(at + 1).find(({ playable }) => playable);
  if (playlist !== null && following !== undefined) {
    return shown(following, `/watch/${following.id}?list=${playlist.id}`);
  }
  const inList = new Set(playlist?.videos.map(({ id }) => id));
  const like = related.find(({ id, playable }) => playable && id !== videoId && !inList.has(id));
  return like === undefined ? null : shown(like, `/watch/${like.id}`);
};
