import type { PlayerWishes } from "#components/player/use-player-wishes.ts";
import type { NextVideo } from "#components/video/next-video.ts";
import type { VideoDto } from "#lib/videos/dto.ts";

/** What a player needs to know of a video; what changes while a run goes on is taken over without a reload. */
export type PlayerVideo = Pick<
  VideoDto,
  "id" | "title" | "status" | "durationMs" | "frameRate" | "renditions" | "progress" | "playback" | "channel"
>;

/** What a player can do to the page that it stands on. */
export type PlayerPage = {
  /** Whether the player has the page's whole width. */
  theatre: boolean;
  onTheatre: () => void;
  /** What plays afterwards; null for nothing. Settles while the video plays. */
  next: Promise<NextVideo | null>;
};

/** What a `Player` takes. */
export type PlayerProps = {
  video: PlayerVideo;
  /** The multivariant playlist. The first one stays: a later one would start the picture anew. */
  hlsUrl: string;
  /** Where to begin (`?t=`). */
  startSeconds?: number;
  /** Begins by itself where the browser allows it: for people who have waited on the page. */
  autoStart?: boolean;
  /** The video before went on to this one: it begins though nobody looks, since somebody may listen. */
  goesOn?: boolean;
  /** What an embed's address asks for; one object for the player's life. */
  wishes?: PlayerWishes;
  /** Absent in embeds, which have no page around them. */
  page?: PlayerPage;
};
