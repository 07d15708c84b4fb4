import { AppError } from "#lib/errors.ts";
import { MediaFailure } from "#lib/media/failures.ts";
import type { CoverPicture, Plan } from "#lib/media/plan/plan.ts";
import type { PartsResult } from "#lib/media/playlists/rendition-parts.ts";
import { coverCommand } from "#lib/media/stills/cover-command.ts";
import { thumbnailSizes } from "#lib/media/stills/thumbnail-command.ts";
import { posterKey } from "#lib/storage/keys.ts";
import { encodeChunk } from "./encode-chunk.ts";
import { requirePlan } from "./require-plan.ts";
import type { StepContext, StepHandler } from "./step.ts";
import { readStill, type StillPicture, stillNames } from "./still-picture.ts";
import { readThumbnails, type Thumbnail, thumbnailFiles, thumbnailName, toldThumbnails } from "./thumbnails.ts";

type Cover = StillPicture & { thumbnails: Thumbnail[] };

/** Every chunk needs the picture; the poster and its small copies are taken of the first one's alone. */
const drawCover = async (input: {
  context: StepContext;
  plan: Plan;
  picture: CoverPicture;
  asPoster: boolean;
}): Promise<Cover> => {
  const { context, plan, picture, asPoster } = input;
  const { sourcePath, scratchDir, signal } = context;
  const thumbnail = asPoster ? (width: number) => thumbnailName({ poster: 0, width }) : null;
  await context.ffmpeg({
    command: coverCommand({ picture, sourcePath, names: { ...stillNames, thumbnail } }),
    ...{ scratchDir, durationSeconds: plan.durationMs / 1000, signal },
  });
  const still = await readStill(scratchDir);
  if (still === null) throw new MediaFailure("corrupt", { detail: "no sound could be decoded" });
  const widths = asPoster ? thumbnailSizes(picture).map(({ width }) => width) : [];
  return { ...still, thumbnails: await readThumbnails(scratchDir, { poster: 0, widths }) };
};

/**
 * Encodes all rungs of one chunk but the preview rung with a single decode. For files without a picture it draws one
 * first.
 */
export const encodeStep: StepHandler = async (context) => {
  const plan = requirePlan(context);
  const chunk = plan.chunks.find((candidate) => candidate.ordinal === context.step.ordinal);
  if (chunk === undefined) throw new AppError("internal", { message: "The plan has no such chunk." });
  const { picture } = plan;
  const asPoster = chunk.ordinal === 0;
  const still = picture.origin === "cover" ? await drawCover({ context, plan, picture, asPoster }) : null;
  const rungs = plan.rungs.filter(({ name }) => name !== plan.previewRung);
  const { parts, files, decodeFaults } = await encodeChunk({ context, plan, chunk, rungs });
  if (still === null || !asPoster)
    return { result: { parts, poster: null, decodeFaults } satisfies PartsResult, files };
  const { sizeBytes, dominantColor, thumbnails } = still;
  const poster = { sizeBytes, dominantColor, thumbnails: toldThumbnails(thumbnails) };
  const result: PartsResult = { parts, poster, decodeFaults };
  const key = posterKey({ videoId: context.run.videoId, runId: context.run.id });
  return { result, files: [...files, { path: still.path, key }, ...thumbnailFiles(key, thumbnails)] };
};
