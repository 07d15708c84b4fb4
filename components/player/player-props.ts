/** What a `Player` takes. */
export type PlayerProps = {
  videoId: string;
  title: string;
  /** The multivariant playlist. */
  hlsUrl: string;
  posterUrl: string | null;
  /** Where to begin (`?t=`). */
  startSeconds?: number;
};
