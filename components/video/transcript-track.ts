import type { VideoDto } from "#lib/videos/dto.ts";

/** A text track that can be read as a transcript. */
export type TranscriptTrack = Pick<VideoDto["playback"]["captions"][number], "id" | "language" | "label">;

const main = (language: string) => language.toLowerCase().split("-")[0];

/**
 * Which track is read first: in the language of the captions that were chosen last, else in the page's, else the video's
 * first. Languages mean their regions too. Null without tracks.
 */
export const firstTrack = (
  tracks: readonly TranscriptTrack[],
  wanted: readonly (string | null)[],
): TranscriptTrack | null => {
  for (const language of wanted) {
    if (language === null) continue;
    const found =
      tracks.find((track) => track.language === language) ??
      tracks.find((track) => main(track.language) === main(language));
    if (found !== undefined) return found;
  }
  return tracks[0] ?? null;
};
