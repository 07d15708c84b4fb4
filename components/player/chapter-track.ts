import type { PlayerVideo } from "#components/player/player-props.ts";

const stamp = (ms: number) => {
  const parts = [Math.floor(ms / 3_600_000), Math.floor(ms / 60_000) % 60, Math.floor(ms / 1000) % 60];
  return `${parts.map((part) => String(part).padStart(2, "0")).join(":")}.${String(Math.round(ms) % 1000).padStart(3, "0")}`;
};

/** A title as the text of a cue: one line, and no markup (WebVTT 3.1). */
const cueText = (title: string) =>
  title.replaceAll(/\s+/g, " ").replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** Chapters as a WebVTT file: each lasts until the next begins, the last until the video ends. */
export const chapterTrack = ({
  chapters,
  durationMs,
}: {
  chapters: PlayerVideo["playback"]["chapters"];
  durationMs: number;
}): string => {
  const cues = chapters.flatMap(({ startMs, title }, index) => {
    const endMs = Math.min(durationMs, chapters[index + 1]?.startMs ?? durationMs);
    return endMs > startMs ? [`${stamp(startMs)} --> ${stamp(endMs)}\n${cueText(title)}\n`] : [];
  });
  return ["WEBVTT\n", ...cues].join("\n");
};
