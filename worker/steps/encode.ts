import { AppError } from "#lib/errors.ts";
import { MediaFailure } from "#lib/media/failures.ts";
import type { CoverPicture, Plan } from "#lib/media/plan/plan.ts";
import type { PartsResult } from "#lib/media/playlists/rendition-parts.ts";
import { coverCommand } from "#lib/media/stills/cover-command.ts";
import { posterKey } from "#lib/storage/keys.ts";
import { encodeChunk } from "./encode-chunk.ts";
import { requirePlan } from "./require-plan.ts";
import type { StepContext, StepHandler } from "./step.ts";
import { readStill, type StillPicture, stillNames } from "./still-picture.ts";

const drawCover = async (input: { context: StepContext; plan: Plan; picture: CoverPicture }): Promise<StillPicture> => {
  const { context, plan, picture } = input;
  const { sourcePath, scratchDir, signal } = context;
  await context.ffmpeg({
    command: coverCommand({ picture, sourcePath, names: stillNames }),
    ...{ scratchDir, durationSeconds: plan.durationMs / 1000, signal },
  });
  const still = await readStill(scratchDir);
  if (still === null) throw new MediaFailure("corrupt", { detail: "no sound could be decoded" });
  return still;
};

/**
 * Encodes all rungs of one chunk but the preview rung with a single decode. For files without a picture it draws one
 * first.
 */
export const encodeStep: StepHandler = async (context) => {
  const plan = requirePlan(context);
  const chunk = plan.chunks.find((candidate) => candidate.ordinal === context.step.ordinal);
  if (chunk === undefined) throw new AppError("internal", { message: "The plan has no such chunk." });
  const still = plan.picture.origin === "cover" ? await drawCover({ context, plan, picture: plan.picture }) : null;
  const rungs = plan.rungs.filter(({ name }) => name !== plan.previewRung);
  const { parts, files, decodeFaults } = await encodeChunk({ context, plan, chunk, rungs });
  if (still === null || chunk.ordinal !== 0)
    return { result: { parts, poster: null, decodeFaults } satisfies PartsResult, files };
  const { sizeBytes, dominantColor } = still;
  const result: PartsResult = { parts, poster: { sizeBytes, dominantColor }, decodeFaults };
  const key = posterKey({ videoId: context.run.videoId, runId: context.run.id });
  return { result, files: [...files, { path: still.path, key }] };
};
