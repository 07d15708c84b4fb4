import type { Viewer } from "#lib/accounts/viewer.ts";
import { type DbOrTx, transaction } from "#lib/db/client.ts";
import { findPosterRun } from "#lib/db/queries/videos/posters.ts";
import type { VideoRow } from "#lib/db/queries/videos/videos.ts";
import { defaultLocale, type Locale } from "#lib/i18n/locale.ts";
import type { Plan } from "#lib/media/plan/plan.ts";
import { mediaUrl } from "#lib/playback/media-url.ts";
import type { PosterDto } from "#lib/videos/dto.ts";
import { failureText } from "#lib/videos/failure-text.ts";
import { mayPlay, requireEditableVideo } from "#lib/videos/policy.ts";
import { posterChoiceOf } from "#lib/videos/poster-choice.ts";
import { posterProposals } from "#lib/videos/poster-proposals.ts";

/** The picture from which frames can be taken, with its plan; null for sound alone, or before a plan is there. */
export const framesOf = async (tx: DbOrTx, video: VideoRow): Promise<Plan | null> => {
  const run = await findPosterRun(tx, { videoId: video.id, currentRunId: video.currentRunId });
  // A run of the first version says as much of the picture as this one.
  const plan = run?.plan as Plan | undefined;
  return plan?.picture.origin === "stream" && video.originalKey !== null ? plan : null;
};

/** What an editor learns of a video's poster. */
export const toPosterDto = async (
  tx: DbOrTx,
  video: VideoRow,
  { viewer, locale }: { viewer: Viewer; locale: Locale },
): Promise<PosterDto> => {
  const shown = mayPlay(viewer, video);
  const url = (key: string) => mediaUrl({ key, video, now: new Date() });
  const choice = posterChoiceOf(video);
  const plan = await framesOf(tx, video);
  return {
    origin: video.posterOrigin,
    posterUrl: video.posterKey === null || !shown ? null : url(video.posterKey),
    proposals: (shown ? await posterProposals(tx, video) : []).map(({ index, key }) => ({ index, url: url(key) })),
    making: choice !== null && choice.failureCode === null,
    failure: choice?.failureCode == null ? null : failureText({ code: choice.failureCode, locale }),
    frames: plan === null ? null : { durationMs: video.durationMs ?? plan.durationMs },
  };
};

/** A video's poster and what there is to choose from. Throws like `editVideo`. */
export const getPoster = ({
  viewer,
  videoId,
  locale = defaultLocale,
}: {
  viewer: Viewer;
  videoId: string;
  locale?: Locale | undefined;
}): Promise<PosterDto> =>
  transaction(async (tx) => toPosterDto(tx, await requireEditableVideo(tx, { viewer, videoId }), { viewer, locale }));
