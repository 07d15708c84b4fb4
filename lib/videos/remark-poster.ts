import type { Tx } from "#lib/db/client.ts";
import { setPosterChoice } from "#lib/db/queries/videos/posters.ts";
import { findVideo, type VideoRow } from "#lib/db/queries/videos/videos.ts";
import { newId } from "#lib/ids.ts";
import { type PosterChoice, posterChoiceOf } from "#lib/videos/poster-choice.ts";
import { enqueueFileSweep } from "#lib/videos/queue-file-sweep.ts";
import { enqueuePoster } from "#lib/videos/queue-poster.ts";

/** What is to be made anew: a frame that is being made, else the one that is shown; null for what carries no mark. */
const wantOf = (video: VideoRow): PosterChoice["want"] | null => {
  const choice = posterChoiceOf(video);
  if (choice !== null && choice.failureCode === null) return choice.want.kind === "image" ? null : choice.want;
  return video.posterOrigin === "frame" && video.posterKey !== null
    ? { kind: "mark", posterKey: video.posterKey }
    : null;
};

/**
 * Has a chosen frame made anew with the mark that the video is to carry now, in the transaction that changed it. Posters
 * that a run proposes come marked with their run, and own pictures carry no mark.
 */
export const remarkPoster = async (tx: Tx, videoId: string): Promise<void> => {
  const video = await findVideo(tx, { videoId });
  const want = video === null ? null : wantOf(video);
  if (want === null) return;
  const choice: PosterChoice = { id: newId(), want, failureCode: null };
  await setPosterChoice(tx, { videoId, choice });
  await enqueueFileSweep(tx, videoId);
  await enqueuePoster(tx, { videoId, choiceId: choice.id });
};
