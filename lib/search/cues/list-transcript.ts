import type { Viewer } from "#lib/accounts/viewer.ts";
import { db } from "#lib/db/client.ts";
import { listCues } from "#lib/db/queries/search/cues.ts";
import { findCaption } from "#lib/db/queries/videos/captions.ts";
import { AppError } from "#lib/errors.ts";
import { readCueLines } from "#lib/search/cues/read-cue-lines.ts";
import type { CueListDto } from "#lib/search/dto.ts";
import { mayPlay, requireVisibleVideo } from "#lib/videos/policy.ts";

/**
 * All lines of a text track, in order, for a transcript: from the table of cues, or from the file while it was not read yet.
 * Throws `not_found` for what there is not, what the viewer may not see, and what is not delivered.
 */
export const listTranscript = async (input: {
  viewer: Viewer;
  videoId: string;
  captionId: string;
  signal: AbortSignal;
}): Promise<CueListDto> => {
  const { viewer, videoId, captionId, signal } = input;
  const video = await requireVisibleVideo(db(), { viewer, videoId });
  const caption = mayPlay(viewer, video) ? await findCaption(db(), { videoId, captionId }) : null;
  if (caption === null) throw new AppError("not_found");
  const items =
    caption.cuesKey === caption.key
      ? await listCues(db(), captionId)
      : ((await readCueLines({ key: caption.key, signal })) ?? []);
  return { items, nextCursor: null };
};
