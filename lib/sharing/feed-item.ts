/** A public video as feeds and site maps tell it. Poster: a path of this site. */
export type FeedVideo = {
  id: string;
  title: string;
  description: string;
  tags: readonly string[];
  durationMs: number | null;
  publishedAt: Date;
  changedAt: Date;
  viewCount: number;
  posterUrl: string | null;
  embeddable: boolean;
};

/** A channel as its feeds tell it. */
export type FeedChannel = { handle: string; name: string; description: string };

/** A date as RSS has it (RFC 822 with four digits of the year). */
export const rssDate = (date: Date): string => date.toUTCString().replace(/GMT$/, "+0000");
