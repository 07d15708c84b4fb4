import type { Viewer } from "#lib/accounts/viewer.ts";
import type { CaptionListDto } from "#lib/captions/dto.ts";
import { toCaptionDto } from "#lib/captions/to-caption-dto.ts";
import { db } from "#lib/db/client.ts";
import { captionsOfVideos } from "#lib/db/queries/videos/captions.ts";
import { mayEdit, requireVisibleVideo } from "#lib/videos/policy.ts";

/** The text tracks of a video; those without words yet only for those who may edit it. Throws `not_found` for a video that the viewer may not see. */
export const listCaptions = async (input: { viewer: Viewer; videoId: string }): Promise<CaptionListDto> => {
  const video = await requireVisibleVideo(db(), input);
  const rows = await captionsOfVideos(db(), [input.videoId]);
  const shown = mayEdit(input.viewer, video) ? rows : rows.filter(({ cueCount }) => cueCount > 0);
  return { items: shown.map(toCaptionDto), nextCursor: null };
};
