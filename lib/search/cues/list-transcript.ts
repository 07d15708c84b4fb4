import type { Viewer } from "#lib/accounts/viewer.ts";
import { db } from "#lib/db/client.ts";
import { listCues } from "#lib/db/queries/search/cues.ts";
import { findCaption } from "#lib/db/queries/videos/captions.ts";
import { AppError } from "#lib/errors.ts";
import { readCueLines } from "#lib/search/cues/read-cue-lines.ts";
import type { CueListDto } from "#lib/search/dto.ts";
import { openVideoRow } from "#lib/videos/get-video.ts";
import { mayPlay } from "#lib/videos/policy.ts";

/**
 * All lines of a text track, in order, for a transcript: from the table of cues, or from the file while it was not read yet.
 * A playback token opens them as it opens the track itself. Throws `not_found` for what there is not, what the viewer may not
 * see, and what is not delivered; `forbidden` for a token that opens nothing.
 */
export const listTranscript = async (input: {
  viewer: Viewer;
  videoId: string;
  captionId: string;
  /** The playback token that came along. */
  token?: string | undefined;
  signal: AbortSignal;
}): Promise<CueListDto> => {
  const { viewer, videoId, captionId, token, signal } = input;
  const { row } = await openVideoRow({ viewer, videoId, token });
  const caption = mayPlay(viewer, row) ? await findCaption(db(), { videoId, captionId }) : null;
  if (caption === null) throw new AppError("not_found");
  const items =
    caption.cuesKey === caption.key
      ? await listCues(db(), captionId)
      : ((await readCueLines({ key: caption.key, signal })) ?? []);
  return { items, nextCursor: null };
};
