import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "#lib/errors.ts";
import { coverCommand, encodeCommand } from "#lib/media/encode-command.ts";
import { MediaFailure } from "#lib/media/failures.ts";
import { frameSeconds } from "#lib/media/grid.ts";
import type { CoverPicture, Plan } from "#lib/media/plan.ts";
import type { PartsResult } from "#lib/media/rendition-parts.ts";
import { posterKey } from "#lib/storage/keys.ts";
import { collectRendition } from "./collect-rendition.ts";
import { requirePlan } from "./require-plan.ts";
import type { StepContext, StepHandler } from "./step.ts";
import { readStill, type StillPicture, stillNames } from "./still-picture.ts";

/** Drawing the waveform reports nothing until the whole sound was read. */
const drawingStallMs = 15 * 60_000;

const drawCover = async (input: { context: StepContext; plan: Plan; picture: CoverPicture }): Promise<StillPicture> => {
  const { context, plan, picture } = input;
  const { sourcePath, scratchDir, signal } = context;
  await context.ffmpeg({
    command: coverCommand({ picture, durationMs: plan.durationMs, sourcePath, names: stillNames }),
    ...{ scratchDir, durationSeconds: plan.durationMs / 1000, stallMs: drawingStallMs, signal },
  });
  const still = await readStill(scratchDir);
  if (still === null) throw new MediaFailure("corrupt", { detail: "no sound could be decoded" });
  return still;
};

const chunkSeconds = (plan: Plan, chunk: Plan["chunks"][number]): number => {
  const { grid, durationMs } = plan;
  return chunk.frameCount === null
    ? durationMs / 1000 - frameSeconds({ grid, frame: chunk.startFrame })
    : frameSeconds({ grid, frame: chunk.frameCount });
};

/** Encodes all rungs of one chunk with a single decode. For files without a picture it draws one first. */
export const encodeStep: StepHandler = async (context) => {
  const { sourcePath, scratchDir, signal } = context;
  const plan = requirePlan(context);
  const chunk = plan.chunks.find((candidate) => candidate.ordinal === context.step.ordinal);
  if (chunk === undefined) throw new AppError("internal", { message: "The plan has no such chunk." });
  await Promise.all(plan.rungs.map((rung) => mkdir(join(scratchDir, rung.name), { recursive: true })));
  const still = plan.picture.origin === "cover" ? await drawCover({ context, plan, picture: plan.picture }) : null;
  const seconds = chunkSeconds(plan, chunk);
  await context.ffmpeg({
    command: encodeCommand({ plan, chunk, sourcePath, coverName: stillNames.cover }),
    ...{ scratchDir, durationSeconds: seconds, signal },
    onProgress: ({ outSeconds, speed }) =>
      context.report({ fraction: seconds > 0 ? Math.min(1, (outSeconds ?? 0) / seconds) : 0, speed }),
  });
  const run = { videoId: context.run.videoId, runId: context.run.id };
  const { firstSegment } = chunk;
  const collected = await Promise.all(
    plan.rungs.map((rung) => collectRendition({ run, scratchDir, rendition: rung.name, firstSegment })),
  );
  const keepsPoster = still !== null && chunk.ordinal === 0;
  const result: PartsResult = {
    parts: collected.map(({ part }) => part),
    poster: keepsPoster ? { sizeBytes: still.sizeBytes, dominantColor: still.dominantColor } : null,
  };
  const posterFiles = keepsPoster ? [{ path: still.path, key: posterKey(run) }] : [];
  return { result, files: [...collected.flatMap(({ files }) => files), ...posterFiles] };
};
