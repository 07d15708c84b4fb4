import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "#lib/errors.ts";
import { audioCommand } from "#lib/media/encode-command.ts";
import type { PartsResult } from "#lib/media/rendition-parts.ts";
import { collectRendition } from "./collect-rendition.ts";
import { requirePlan } from "./require-plan.ts";
import type { StepHandler } from "./step.ts";

/** Makes one audio rendition, in one process from start to end: pieces joined later would click. */
export const audioStep: StepHandler = async (context) => {
  const { sourcePath, scratchDir, signal } = context;
  const plan = requirePlan(context);
  const track = plan.audio.find((candidate) => candidate.ordinal === context.step.ordinal);
  if (track === undefined) throw new AppError("internal", { message: "The plan has no such audio track." });
  await mkdir(join(scratchDir, track.rendition), { recursive: true });
  const seconds = plan.durationMs / 1000;
  await context.ffmpeg({
    command: audioCommand({ plan, track, sourcePath }),
    ...{ scratchDir, durationSeconds: seconds, signal },
    onProgress: ({ outSeconds, speed }) =>
      context.report({ fraction: seconds > 0 ? Math.min(1, (outSeconds ?? 0) / seconds) : 0, speed }),
  });
  const run = { videoId: context.run.videoId, runId: context.run.id };
  const { part, files } = await collectRendition({ run, scratchDir, rendition: track.rendition, firstSegment: 0 });
  const result: PartsResult = { parts: [part], poster: null };
  return { result, files };
};
