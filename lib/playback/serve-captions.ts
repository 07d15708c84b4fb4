import { db } from "#lib/db/client.ts";
import { type CaptionRow, captionsOfVideos, durationOfCaption } from "#lib/db/queries/videos/captions.ts";
import { AppError } from "#lib/errors.ts";
import { type SubtitleRendition, subtitlePlaylist, withSubtitles } from "#lib/media/playlists/caption-playlist.ts";
import { parseRunFile } from "#lib/playback/run-file.ts";
import { type Delivery, serveEdited, serveText } from "#lib/playback/serve-edited.ts";
import { captionsPrefix } from "#lib/storage/keys.ts";

/** The WebVTT object whose playlist a key names, or null for any other key. */
const captionOfPlaylist = (key: string): string | null => {
  const [area, videoId = "", folder] = key.split("/");
  return area === "runs" && folder === "captions" && key.startsWith(captionsPrefix(videoId)) && key.endsWith(".m3u8")
    ? key.replace(/\.m3u8$/, ".vtt")
    : null;
};

const nameOf = (key: string) => key.slice(key.lastIndexOf("/") + 1);

const servePlaylist = async (delivery: Delivery, key: string): Promise<Response> => {
  const durationMs = await durationOfCaption(db(), key);
  if (durationMs === null) throw new AppError("not_found");
  return serveText(delivery, subtitlePlaylist({ uri: nameOf(key), durationMs }));
};

const toRendition = ({ key, label, language, kind, isDefault }: CaptionRow): SubtitleRendition => ({
  ...{ name: label, language, kind, isDefault },
  // Beside the run's folder, so that a signature in the path covers it.
  uri: `../captions/${nameOf(key).replace(/\.vtt$/, ".m3u8")}`,
});

/**
 * Delivers playlists with a video's text tracks as they are now; everything else as `answer` gives it. Captions change
 * apart from runs, so their lines are never stored. Throws `not_found` for a text track that is not there.
 */
export const serveWithCaptions = async (
  delivery: Delivery,
  answer: (delivery: Delivery) => Promise<Response>,
): Promise<Response> => {
  const caption = captionOfPlaylist(delivery.key);
  if (caption !== null) return servePlaylist(delivery, caption);
  const file = parseRunFile(delivery.key);
  if (file?.kind !== "multivariant") return answer(delivery);
  // A track without words yet is nothing to choose.
  const captions = (await captionsOfVideos(db(), [file.videoId])).filter(({ cueCount }) => cueCount > 0);
  if (captions.length === 0) return answer(delivery);
  return serveEdited(delivery, { answer, edit: (text) => withSubtitles(text, captions.map(toRendition)) });
};
