import { join } from "node:path";
import { log } from "#lib/log.ts";
import { copyCommand, copyName } from "#lib/media/encode/copy-command.ts";
import { MediaFailure } from "#lib/media/failures.ts";
import type { CopyResult } from "#lib/media/plan/chunk-source.ts";
import { pictureCopyKey } from "#lib/storage/keys.ts";
import { requirePlan } from "./require-plan.ts";
import type { StepHandler } from "./step.ts";

/**
 * Copies the picture of a file that cannot be entered in its middle into one that can, for all chunks but the first. A
 * file whose packets cannot be copied is no failure: what follows reads the original from its start.
 */
export const copyStep: StepHandler = async (context) => {
  const plan = requirePlan(context);
  const { sourcePath, scratchDir, signal } = context;
  const { picture } = plan;
  const none: CopyResult = { copied: false };
  if (picture.origin !== "stream") return { result: none, files: [] };
  const durationSeconds = plan.durationMs / 1000;
  try {
    await context.ffmpeg({
      ...{ command: copyCommand({ plan, picture, sourcePath }), scratchDir, durationSeconds, signal },
      onProgress: ({ outSeconds, speed }) => {
        context.report({ fraction: Math.min(1, (outSeconds ?? 0) / Math.max(1, durationSeconds)), speed });
      },
    });
  } catch (error) {
    if (!(error instanceof MediaFailure)) throw error;
    const facts = { "event.action": "copy.refused", runId: context.run.id, err: error, detail: error.detail };
    log().info(facts, "the picture cannot be copied; it is encoded in one go");
    return { result: none, files: [] };
  }
  const key = pictureCopyKey({ videoId: context.run.videoId, runId: context.run.id });
  const result: CopyResult = { copied: true };
  return { result, files: [{ path: join(scratchDir, copyName), key }] };
};
