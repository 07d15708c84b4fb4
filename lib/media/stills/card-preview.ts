import { type FfmpegCommand, onlyMapped } from "#lib/media/ffmpeg-command.ts";
import type { RenditionPart } from "#lib/media/playlists/rendition-parts.ts";
import { segmentTimes, type Tile } from "#lib/media/stills/storyboard-plan.ts";

/** Name in scratch. */
export const previewName = "preview.mp4";

/** A video shorter than this is as good as its own preview. */
const shortestVideoSeconds = 4;
const severalScenesSeconds = 16;
const sceneSeconds = 1.2;
const oneSceneSeconds = 3;

/** Where the scenes of a long video lie, as shares of its length: clear of opening titles and of the end. */
const scenePlaces = [0.15, 0.45, 0.75] as const;
const onePlace = [0.3] as const;

/** What a preview shows: the beginning of each of these segments for so long. */
export type PreviewPlan = { scenes: readonly Tile[]; seconds: number };

/** Three scenes of a video, or one of a short one; null where a preview would show no less than the video. */
export const previewPlan = (parts: readonly RenditionPart[]): PreviewPlan | null => {
  const segments = segmentTimes(parts);
  const total = segments.at(-1)?.endSeconds ?? 0;
  if (total < shortestVideoSeconds) return null;
  const several = total >= severalScenesSeconds;
  const seconds = several ? sceneSeconds : oneSceneSeconds;
  const long = segments.filter(({ startSeconds, endSeconds }) => endSeconds - startSeconds >= seconds);
  const at = (place: number) => long[Math.min(long.length - 1, Math.floor(place * long.length))];
  const scenes = (several ? scenePlaces : onePlace).flatMap((place) => at(place) ?? []);
  return scenes.length === 0 ? null : { scenes: [...new Set(scenes)], seconds };
};

/** Size of a preview: as wide as a card on a phone is, even sides. */
export const previewSize = ({
  width,
  height,
}: {
  width: number;
  height: number;
}): { width: number; height: number } => {
  const wide = width >= height ? 320 : 240;
  const factor = Math.min(1, wide / width);
  const side = (value: number) => Math.max(2, Math.round((value * factor) / 2) * 2);
  return { width: side(width), height: side(height) };
};

/** File in scratch of a scene: init segment and one segment. */
export const sceneFile = (index: number): string => `scene-${index}.mp4`;

/** Joins the beginnings of a few segments to a small silent clip that begins to play before it is there whole. */
export const previewCommand = (input: {
  scenePaths: readonly string[];
  seconds: number;
  size: { width: number; height: number };
}): FfmpegCommand => {
  const { scenePaths, seconds, size } = input;
  const scenes = scenePaths.map(
    (_, index) =>
      `[${index}:v:0]trim=duration=${seconds},setpts=PTS-STARTPTS,fps=15,` +
      `scale=${size.width}:${size.height}:flags=area:out_range=tv,setsar=1,format=yuv420p[s${index}]`,
  );
  const joined = `${scenePaths.map((_, index) => `[s${index}]`).join("")}concat=n=${scenePaths.length}[v]`;
  return {
    inputs: scenePaths.map((path) => ({ kind: "media" as const, path, options: ["-threads", "1"] })),
    filterGraph: [...scenes, joined].join(";"),
    outputs: [
      {
        name: previewName,
        options: [
          ...["-map", "[v]", "-an", ...onlyMapped, "-c:v", "libx264", "-preset", "veryfast", "-profile:v", "main"],
          ...["-threads:v", "1", "-crf", "30", "-maxrate", "350k", "-bufsize", "700k", "-g", "30"],
          ...["-movflags", "+faststart", "-fflags", "+bitexact", "-f", "mp4"],
        ],
      },
    ],
  };
};
