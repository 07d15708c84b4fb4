import { enqueueCaptionSweep } from "#lib/captions/queue-sweep.ts";
import type { Tx } from "#lib/db/client.ts";
import { listSteps } from "#lib/db/queries/runs/run-steps.ts";
import type { RunRow } from "#lib/db/queries/runs/runs.ts";
import { replaceFileCaptions } from "#lib/db/queries/videos/captions.ts";
import { replaceFileChapters } from "#lib/db/queries/videos/chapters.ts";
import { type TextResult, textResultSchema } from "#lib/media/captions/caption-result.ts";

const nothing: TextResult = { captions: [], chapters: [] };

/**
 * Puts the words of a run's file in the place of those of the run before: in the transaction of the flip, and for a
 * video's first run as soon as they are read. Uploaded and edited captions and edited chapters stay as they are. When the step that
 * reads the words failed, the same file's words of the run before stay too.
 */
export const applyTexts = async (tx: Tx, run: RunRow): Promise<void> => {
  const step = (await listSteps(tx, run.id)).find(({ kind }) => kind === "text");
  if (step !== undefined && step.state !== "done" && run.reason !== "replace") return;
  const { captions, chapters } = step?.state === "done" ? textResultSchema.parse(step.result) : nothing;
  const { videoId } = run;
  await replaceFileCaptions(tx, { videoId, rows: captions, newFile: run.reason === "replace" });
  await replaceFileChapters(tx, { videoId, rows: chapters });
  await enqueueCaptionSweep(tx, videoId);
};
