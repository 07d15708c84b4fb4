import { Poster } from "#components/video/poster.tsx";
import type { StudioRow } from "./studio-row.ts";

/** The small picture of a row: what the server made, before that what this browser could read from the file. */
export const RowPoster = ({
  row: { posterUrl, thumbnails, dominantColor, durationMs, width, height },
}: {
  row: StudioRow;
}) => (
  <Poster
    className="w-[104px] shrink-0 rounded-sm [&>span]:right-1 [&>span]:bottom-1"
    place="row"
    video={{ durationMs, width, height, playback: { posterUrl, thumbnails, dominantColor } }}
  />
);
