import type { Viewer } from "#lib/accounts/viewer.ts";
import { type Tx, transaction } from "#lib/db/client.ts";
import { recordAudit } from "#lib/db/queries/instance/audit.ts";
import { insertAssets } from "#lib/db/queries/videos/assets.ts";
import { type Poster, setPoster, setPosterChoice } from "#lib/db/queries/videos/posters.ts";
import { findVideo, type VideoRow } from "#lib/db/queries/videos/videos.ts";
import { wishesOfRun } from "#lib/db/queries/videos/watermarks.ts";
import { AppError } from "#lib/errors.ts";
import { defaultLocale, type Locale } from "#lib/i18n/locale.ts";
import { newId } from "#lib/ids.ts";
import { wishesSchema } from "#lib/media/plan/wishes.ts";
import { imageFormatOf, maxImageBytes } from "#lib/media/stills/image-command.ts";
import { publishVideoEvent } from "#lib/notifications/publish-video-event.ts";
import { objectStore } from "#lib/storage/index.ts";
import { chosenPosterKey, cleanPosterKey, sentImageKey, thumbnailKey } from "#lib/storage/keys.ts";
import { dropUnnamed } from "#lib/usage/drop-unnamed.ts";
import type { PosterChange, PosterDto } from "#lib/videos/dto.ts";
import { framesOf, toPosterDto } from "#lib/videos/get-poster.ts";
import { requireEditableVideo } from "#lib/videos/policy.ts";
import type { PosterChoice } from "#lib/videos/poster-choice.ts";
import { chosenPosterAssets, type PosterFile, posterFiles } from "#lib/videos/poster-files.ts";
import { type PosterProposal, posterProposals } from "#lib/videos/poster-proposals.ts";
import { enqueueFileSweep } from "#lib/videos/queue-file-sweep.ts";
import { enqueuePoster } from "#lib/videos/queue-poster.ts";
import { remarkPoster } from "#lib/videos/remark-poster.ts";
import { enqueuePosterRemoval } from "#lib/videos/remove-poster.ts";
import { sameWish } from "#lib/watermarks/wish-of-video.ts";

/** Largest own picture, in bytes. */
export const maxPosterBytes = maxImageBytes;

/** Whose poster is chosen, and who chooses. */
export type ChoosePoster = { viewer: Viewer; videoId: string; locale?: Locale | undefined };

const told = async (tx: Tx, { viewer, videoId, locale = defaultLocale }: ChoosePoster): Promise<PosterDto> => {
  await publishVideoEvent(tx, { videoId, event: "changed" });
  const video = await findVideo(tx, { videoId });
  if (video === null) throw new AppError("not_found");
  return toPosterDto(tx, video, { viewer, locale });
};

const audit = (tx: Tx, { viewer, videoId }: ChoosePoster, details: Record<string, unknown>) =>
  recordAudit(tx, {
    ...{ actorId: viewer?.id ?? null, action: "video.poster", targetType: "video", targetId: videoId, details },
  });

const replacePoster = async (tx: Tx, video: VideoRow, poster: Poster): Promise<void> => {
  await setPoster(tx, { videoId: video.id, poster });
  await enqueuePosterRemoval(tx, { videoId: video.id, key: video.posterKey });
};

const backToAutomatic = (input: ChoosePoster): Promise<PosterDto> =>
  transaction(async (tx) => {
    const video = await requireEditableVideo(tx, input);
    const [best] = await posterProposals(tx, video);
    const {
      key: posterKey,
      widths: posterWidths,
      dominantColor,
    } = best ?? { key: null, widths: [], dominantColor: null };
    await replacePoster(tx, video, { posterKey, posterWidths, dominantColor, posterOrigin: "auto" });
    await audit(tx, input, { kind: "auto" });
    return told(tx, input);
  });

const hasMarkOf = async (tx: Tx, { video, runId }: { video: VideoRow; runId: string }): Promise<boolean> => {
  const burned = wishesSchema.parse((await wishesOfRun(tx, runId)) ?? {}).watermark;
  return sameWish(burned, wishesSchema.parse(video.wishes).watermark);
};

/** Copies a poster with its small copies and the unmarked picture beside it. */
const copyPoster = async ({ key: from, widths }: PosterProposal, to: string): Promise<PosterFile[]> => {
  const store = objectStore();
  const small = widths.map((width) => (posterKey: string) => thumbnailKey({ posterKey, width }));
  const clean = (await store.head(cleanPosterKey(from))) === null ? [] : [cleanPosterKey];
  const files: PosterFile[] = [];
  for (const keyOf of [(key: string) => key, ...small, ...clean]) {
    files.push(await store.put({ key: keyOf(to), body: await store.read({ key: keyOf(from) }) }));
  }
  return files.map(({ key, sizeBytes }) => ({ key, sizeBytes }));
};

/** A proposal is copied, because it goes with its run and the choice stays. */
const chooseProposal = async (input: ChoosePoster, index: number): Promise<PosterDto> => {
  const { videoId } = input;
  const proposal = await transaction(async (tx) => {
    const video = await requireEditableVideo(tx, input);
    await enqueueFileSweep(tx, videoId);
    return (await posterProposals(tx, video)).find((candidate) => candidate.index === index);
  });
  if (proposal === undefined) {
    throw new AppError("unprocessable", {
      message: "This video has no such proposal.",
      hint: "Ask for the list anew.",
    });
  }
  const key = chosenPosterKey({ videoId, posterId: newId() });
  const files = await copyPoster(proposal, key);
  return transaction(async (tx) => {
    const video = await requireEditableVideo(tx, input);
    await insertAssets(tx, chosenPosterAssets({ videoId, posterKey: key, files }));
    const { widths: posterWidths, dominantColor } = proposal;
    await replacePoster(tx, video, { posterKey: key, posterWidths, dominantColor, posterOrigin: "frame" });
    // The run that proposed it may have another mark than the next one will.
    if (!(await hasMarkOf(tx, { video, runId: proposal.runId }))) await remarkPoster(tx, videoId);
    await audit(tx, input, { kind: "proposal", index });
    return told(tx, input);
  }).catch(dropUnnamed(...posterFiles(key)));
};

/** Notes what is wanted and queues its making; both commit together. */
const beginMaking = async (tx: Tx, input: ChoosePoster, choice: PosterChoice): Promise<PosterDto> => {
  const { videoId } = input;
  await setPosterChoice(tx, { videoId, choice });
  await enqueueFileSweep(tx, videoId);
  await enqueuePoster(tx, { videoId, choiceId: choice.id });
  await audit(tx, input, choice.want.kind === "frame" ? choice.want : { kind: "image" });
  return told(tx, input);
};

const chooseFrame = (input: ChoosePoster, atMs: number): Promise<PosterDto> =>
  transaction(async (tx) => {
    const video = await requireEditableVideo(tx, input);
    const plan = await framesOf(tx, video);
    if (plan === null) {
      throw new AppError("unprocessable", {
        message: "This video has no frames to choose from (yet).",
        hint: "Wait until its file was looked at, or send an image.",
      });
    }
    const durationMs = video.durationMs ?? plan.durationMs;
    if (atMs > durationMs) {
      throw new AppError("invalid_input", { fields: { atMs: `The video ends at ${durationMs} ms.` } });
    }
    return beginMaking(tx, input, { id: newId(), want: { kind: "frame", atMs }, failureCode: null });
  });

/**
 * Chooses a poster: the automatic one, a proposal of the present run, or a frame, which a job takes from the original
 * within seconds. What is chosen stays whatever runs come. Throws like `editVideo`, `unprocessable` for what the video
 * does not offer, and `invalid_input` for a moment after its end.
 */
export const choosePoster = (input: ChoosePoster & { change: PosterChange }): Promise<PosterDto> => {
  const { change } = input;
  if (change.kind === "auto") return backToAutomatic(input);
  return change.kind === "proposal" ? chooseProposal(input, change.index) : chooseFrame(input, change.atMs);
};

/**
 * Takes an own picture (JPEG, PNG or WebP by its first bytes) as the poster; a job makes a clean JPEG of the video's shape
 * from it. `read` gives the bytes, asked for only once the viewer may. Throws like `editVideo`, and
 * `unsupported_media_type` for any other bytes.
 */
export const sendPosterImage = async (
  input: ChoosePoster & { read: () => Promise<Uint8Array> },
): Promise<PosterDto> => {
  const { videoId } = input;
  await transaction((tx) => requireEditableVideo(tx, input));
  const bytes = await input.read();
  const format = imageFormatOf(bytes);
  if (format === null) {
    throw new AppError("unsupported_media_type", { hint: "Send a JPEG, PNG or WebP picture." });
  }
  const id = newId();
  const imageKey = sentImageKey({ videoId, imageId: id });
  await transaction((tx) => enqueueFileSweep(tx, videoId));
  await objectStore().put({ key: imageKey, body: bytes });
  return transaction(async (tx) => {
    await requireEditableVideo(tx, input);
    const contentType = `image/${format}`;
    await insertAssets(tx, [{ videoId, kind: "working", key: imageKey, sizeBytes: bytes.byteLength, contentType }]);
    return beginMaking(tx, input, { id, want: { kind: "image", imageKey, format }, failureCode: null });
  }).catch(dropUnnamed(imageKey));
};
