import type { PlayerWishes } from "#components/player/use-player-wishes.ts";
import type { VideoDto } from "#lib/videos/dto.ts";

/** What a player needs to know of a video; what changes while a run goes on is taken over without a reload. */
export type PlayerVideo = Pick<
  VideoDto,
  "id" | "title" | "status" | "durationMs" | "renditions" | "progress" | "playback"
>;

/** What a `Player` takes. */
export type PlayerProps = {
  video: PlayerVideo;
  /** The multivariant playlist. The first one stays: a later one would start the picture anew. */
  hlsUrl: string;
  /** Where to begin (`?t=`). */
  startSeconds?: number;
  /** Begins by itself where the browser allows it: for people who have waited on the page. */
  autoStart?: boolean;
  /** What an embed's address asks for; one object for the player's life. */
  wishes?: PlayerWishes;
};
