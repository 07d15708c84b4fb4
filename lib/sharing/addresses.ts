/** Addresses of a site's pages about a video, absolute ones; `origin` is scheme and host without a slash at the end. */
export const addressesOf = ({ origin, videoId }: { origin: string; videoId: string }) => ({
  watch: `${origin}/watch/${videoId}`,
  embed: `${origin}/embed/${videoId}`,
  audio: `${origin}/audio/${videoId}.mp3`,
});

/** A channel's page and feeds. */
export const channelAddresses = ({ origin, handle }: { origin: string; handle: string }) => ({
  page: `${origin}/@${handle}`,
  feed: `${origin}/@${handle}/feed.xml`,
  podcast: `${origin}/@${handle}/podcast.xml`,
});

/** Width and height of a player that fills the box; `shape` is the video's own, 16:9 when unknown. */
export const playerSize = ({
  shape,
  maxWidth,
  maxHeight,
}: {
  shape: { width: number | null; height: number | null };
  maxWidth: number;
  maxHeight: number;
}): { width: number; height: number } => {
  const ratio = (shape.width ?? 16) / Math.max(1, shape.height ?? 9);
  const width = Math.max(1, Math.min(maxWidth, Math.round(maxHeight * ratio)));
  return { width, height: Math.max(1, Math.min(maxHeight, Math.round(width / ratio))) };
};

/** A length in ISO 8601 (`PT1H2M3S`), in whole seconds. */
export const isoDuration = (durationMs: number): string => {
  const whole = Math.max(0, Math.round(durationMs / 1000));
  const [hours, minutes, seconds] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const parts = [hours > 0 ? `${hours}H` : "", minutes > 0 ? `${minutes}M` : ""].join("");
  return `PT${parts}${seconds > 0 || parts === "" ? `${seconds}S` : ""}`;
};
