import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { classNames } from "#components/ui/class-names.ts";
import { durationParts, lengthClock } from "#components/video/duration.ts";
import { PosterImage } from "#components/video/poster-image.tsx";
import { type PosterPlace, posterSources } from "#components/video/poster-sources.ts";
import type { VideoDto } from "#lib/videos/dto.ts";

/** A duration in words for screen readers. */
const Spoken = ({ durationMs }: { durationMs: number }) => {
  const t = useTranslations("common");
  const { hours, minutes, seconds } = durationParts(durationMs);
  const words = [
    hours > 0 ? t("spokenDuration.hours", { hours }) : null,
    minutes > 0 ? t("spokenDuration.minutes", { minutes }) : null,
    hours === 0 && (seconds > 0 || minutes === 0) ? t("spokenDuration.seconds", { seconds }) : null,
  ];
  return <span className="sr-only">{t("duration", { value: words.filter(Boolean).join(" ") })}</span>;
};

/** What a `Poster` takes. */
export type PosterProps = {
  video: Pick<VideoDto, "durationMs" | "width" | "height"> & {
    playback: Pick<VideoDto["playback"], "posterUrl" | "thumbnails" | "dominantColor">;
  };
  /** Where it stands, which says how wide it is drawn. */
  place: PosterPlace;
  /** The first ones on a page load at once, the others when they come near. */
  eager?: boolean;
  className?: string;
  /** Lies over the picture and under the duration. */
  children?: ReactNode;
};

/**
 * The still of a video in a 16:9 frame that is there before the picture is, on its dominant colour. Upright pictures
 * fill the frame from a little above the middle, where faces are.
 */
export const Poster = ({ video, place, eager = false, className, children }: PosterProps) => {
  const { posterUrl, dominantColor } = video.playback;
  const upright = (video.height ?? 0) > (video.width ?? 0);
  return (
    <div
      className={classNames("relative aspect-video overflow-hidden bg-raised", className)}
      style={dominantColor === null ? undefined : { backgroundColor: dominantColor }}
    >
      {posterUrl === null ? null : (
        <PosterImage src={posterUrl} sources={posterSources({ ...video, place })} eager={eager} upright={upright} />
      )}
      {children}
      {video.durationMs === null ? null : (
        <span className="tabular absolute right-1.5 bottom-1.5 rounded-xs bg-badge px-1.5 py-0.5 text-12 font-bold text-on-badge">
          <span aria-hidden>{lengthClock(video.durationMs)}</span>
          <Spoken durationMs={video.durationMs} />
        </span>
      )}
    </div>
  );
};
