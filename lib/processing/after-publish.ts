import { applyTexts } from "#lib/captions/apply-texts.ts";
import type { Tx } from "#lib/db/client.ts";
import type { RunRow } from "#lib/db/queries/runs/runs.ts";
import { adoptOriginal } from "#lib/db/queries/videos/originals.ts";
import { queueWishedAudio } from "#lib/exports/request-audio.ts";
import { queueLook } from "#lib/labels/queue-look.ts";
import { wishesSchema } from "#lib/media/plan/wishes.ts";
import { uploadIdOfOriginal } from "#lib/storage/keys.ts";

/**
 * What follows when viewers get a run's files, in the transaction of the flip: a file that replaced another becomes the
 * video's own, the file's captions and chapters take the place of the last run's, the sound is taken out when that was wished, and
 * somebody looks at the stills when there is nothing else to do.
 */
export const afterPublish = async (tx: Tx, run: RunRow): Promise<void> => {
  const { videoId, sourceKey: key } = run;
  const uploadId = uploadIdOfOriginal(key);
  if (uploadId !== null) await adoptOriginal(tx, { videoId, uploadId, key });
  await applyTexts(tx, run);
  await queueLook(tx, { videoId, runId: run.id });
  if (wishesSchema.parse(run.wishes).mp3) await queueWishedAudio(tx, { videoId });
};
