import { buffer } from "node:stream/consumers";
import { db, transaction } from "#lib/db/client.ts";
import { deleteAssetByKey, insertAssets } from "#lib/db/queries/videos/assets.ts";
import { lockPosterChoice, setPoster, setPosterChoice } from "#lib/db/queries/videos/posters.ts";
import { findVideo, type VideoRow } from "#lib/db/queries/videos/videos.ts";
import type { FailureCode } from "#lib/media/failures.ts";
import type { StreamPicture } from "#lib/media/plan/plan.ts";
import { type WatermarkWish, wishesSchema } from "#lib/media/plan/wishes.ts";
import { posterSize } from "#lib/media/stills/poster-plan.ts";
import { publishVideoEvent } from "#lib/notifications/publish-video-event.ts";
import { objectStore } from "#lib/storage/index.ts";
import { chosenPosterKey, cleanPosterKey, thumbnailKey } from "#lib/storage/keys.ts";
import { framesOf } from "#lib/videos/get-poster.ts";
import { type PosterChoice, posterChoiceOf } from "#lib/videos/poster-choice.ts";
import { chosenPosterAssets, type PosterFile, posterFiles } from "#lib/videos/poster-files.ts";
import { enqueueFileSweep } from "#lib/videos/queue-file-sweep.ts";
import { enqueuePosterRemoval } from "#lib/videos/remove-poster.ts";

/** A mark with the bytes of its PNG. */
type OrderedMark = { wish: WatermarkWish; png: Uint8Array };

/**
 * What is to be made: a frame of an original, a frame that was made before with another mark, or a poster of a sent picture.
 * A frame carries the video's mark; a sent picture is what its sender wants to show, and carries none.
 */
export type PosterOrder = { size: { width: number; height: number } } & (
  | { kind: "frame"; sourceKey: string; picture: StreamPicture; atSeconds: number; mark: OrderedMark | null }
  | { kind: "mark"; sourceKey: string; mark: OrderedMark | null }
  | { kind: "image"; sourceKey: string; format: "jpeg" | "png" | "webp" }
);

/** A poster in scratch with its small copies, and the unmarked one beside it when it carries a mark. */
type StillPoster = {
  path: string;
  dominantColor: string;
  /** The smallest first; widths in pixels. */
  thumbnails: readonly { width: number; path: string }[];
  cleanPath?: string;
};

/** What came of an order: a poster, or why there is none. */
export type MadePoster = StillPoster | { failure: FailureCode };

type Ref = { videoId: string; choiceId: string };

/** The shape of a poster of which nothing is known. */
const usualSize = { width: 1280, height: 720 };

/** The unmarked picture of a poster: beside it when it carries a mark, else the poster itself. */
const unmarkedKey = async (posterKey: string): Promise<string> => {
  const clean = cleanPosterKey(posterKey);
  return (await objectStore().head(clean)) === null ? posterKey : clean;
};

/** The choice of that id as long as it is still to be made, else null. */
const openChoiceOf = (video: VideoRow, choiceId: string): PosterChoice | null => {
  const choice = posterChoiceOf(video);
  return choice?.id === choiceId && choice.failureCode === null ? choice : null;
};

const orderOf = async ({
  videoId,
  choiceId,
}: Ref): Promise<{ choice: PosterChoice; order: PosterOrder | null } | null> => {
  const video = await findVideo(db(), { videoId });
  const choice = video === null ? null : openChoiceOf(video, choiceId);
  if (video === null || choice === null || video.deletedAt !== null) return null;
  const plan = await framesOf(db(), video);
  const shape = plan?.picture ?? (video.width && video.height ? { width: video.width, height: video.height } : null);
  const size = shape === null ? usualSize : posterSize(shape);
  const { want } = choice;
  if (want.kind === "image") {
    return { choice, order: { kind: "image", size, sourceKey: want.imageKey, format: want.format } };
  }
  const wish = wishesSchema.parse(video.wishes).watermark;
  const mark = wish === null ? null : { wish, png: await buffer(await objectStore().read({ key: wish.imageKey })) };
  if (want.kind === "mark") {
    return { choice, order: { kind: "mark", size, sourceKey: await unmarkedKey(want.posterKey), mark } };
  }
  if (plan === null || plan.picture.origin !== "stream" || video.originalKey === null) return { choice, order: null };
  const frame = { picture: plan.picture, atSeconds: want.atMs / 1000, sourceKey: video.originalKey, mark };
  return { choice, order: { kind: "frame", size, ...frame } };
};

/** Puts a made poster and what lies beside it under its keys. */
const storePoster = async (posterKey: string, { path, thumbnails, cleanPath }: StillPoster): Promise<PosterFile[]> => {
  const made = [
    ...(cleanPath === undefined ? [] : [{ key: cleanPosterKey(posterKey), path: cleanPath }]),
    ...thumbnails.map(({ width, path: small }) => ({ key: thumbnailKey({ posterKey, width }), path: small })),
    { key: posterKey, path },
  ];
  const files: PosterFile[] = [];
  for (const file of made) {
    // Under a name of its own choice: a second try puts the same bytes, and what is there stays.
    const { info } = await objectStore().adopt({ ...file, local: "keep" });
    files.push({ key: file.key, sizeBytes: info.sizeBytes });
  }
  return files;
};

/** Shows the made poster when it is still what was chosen last. False when it is not. */
const show = async (ref: Ref, choice: PosterChoice, made: StillPoster): Promise<boolean> => {
  const { videoId, choiceId } = ref;
  const key = chosenPosterKey({ videoId, posterId: choiceId });
  const { dominantColor } = made;
  const posterWidths = made.thumbnails.map(({ width }) => width);
  const files = await storePoster(key, made);
  const shown = await transaction(async (tx) => {
    const before = await lockPosterChoice(tx, ref);
    if (before === null) return false;
    await insertAssets(tx, chosenPosterAssets({ videoId, posterKey: key, files }));
    const posterOrigin = choice.want.kind === "image" ? "image" : "frame";
    await setPoster(tx, { videoId, poster: { posterKey: key, posterWidths, dominantColor, posterOrigin } });
    await enqueuePosterRemoval(tx, { videoId, key: before.posterKey });
    await enqueueFileSweep(tx, videoId);
    await publishVideoEvent(tx, { videoId, event: "changed" });
    return true;
  });
  // Another run of the same order may have shown it meanwhile: then the file is the poster.
  if (!shown && (await findVideo(db(), { videoId }))?.posterKey !== key) {
    await Promise.all(posterFiles(key).map((file) => objectStore().remove(file)));
  }
  return shown;
};

const fail = (ref: Ref, choice: PosterChoice, failureCode: FailureCode): Promise<void> =>
  transaction(async (tx) => {
    if ((await lockPosterChoice(tx, ref)) === null) return;
    await setPosterChoice(tx, { videoId: ref.videoId, choice: { ...choice, failureCode } });
    await enqueueFileSweep(tx, ref.videoId);
    await publishVideoEvent(tx, { videoId: ref.videoId, event: "changed" });
  });

/**
 * Makes the poster that was chosen: `make` gets the order and gives a JPEG in scratch. Does nothing when the choice was
 * replaced meanwhile, or the video deleted: its restoring queues the making anew. A failure is noted with the choice, and the poster stays as it was. Throws for faults of the machine,
 * which the queue tries again.
 */
export const makePoster = async (input: Ref & { make: (order: PosterOrder) => Promise<MadePoster> }): Promise<void> => {
  const found = await orderOf(input);
  if (found === null) return;
  const { choice, order } = found;
  const made: MadePoster = order === null ? { failure: "source_missing" } : await input.make(order);
  if ("failure" in made) await fail(input, choice, made.failure);
  else await show(input, choice, made);
  if (choice.want.kind !== "image") return;
  const video = await findVideo(db(), input);
  // Re-encoded or refused, what was sent is of no more use; of a video that was deleted meanwhile it waits.
  if (video === null || openChoiceOf(video, input.choiceId) === null) {
    await objectStore().remove(choice.want.imageKey);
    await deleteAssetByKey(db(), choice.want.imageKey);
  }
};
