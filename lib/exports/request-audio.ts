import type { Viewer } from "#lib/accounts/viewer.ts";
import { type Tx, transaction } from "#lib/db/client.ts";
import { recordAudit } from "#lib/db/queries/instance/audit.ts";
import {
  countOpenAudioExports,
  findAudioExport,
  findSameAudioExport,
  insertAudioExport,
} from "#lib/db/queries/videos/audio-exports.ts";
import { AppError } from "#lib/errors.ts";
import { type AudioExportDto, type AudioRequest, audioRequestSchema } from "#lib/exports/dto.ts";
import { toAudioExportDto } from "#lib/exports/to-dto.ts";
import type { Locale } from "#lib/i18n/locale.ts";
import { enqueue } from "#lib/jobs/enqueue.ts";
import { refuseTakenDown, requireEditableVideo } from "#lib/videos/policy.ts";

/** More at once than anybody wants by intention. */
const maxOpen = 5;

/** Name under which an export's job is queued; at most one job waits under it. */
export const exportJobKey = (exportId: string): string => `export:${exportId}`;

/** Somebody asked for it and waits, unlike for most of a ladder. */
export const exportPriority = -1;

/** Queues an export in the caller's transaction; gives its id. The caller has checked rights and that there is an original. */
export const queueAudioExport = async (
  tx: Tx,
  input: { videoId: string; requestedBy: string | null; options: AudioRequest },
): Promise<string> => {
  const exportId = await insertAudioExport(tx, input);
  await enqueue(tx, "exports/audio", { exportId }, { key: exportJobKey(exportId), priority: exportPriority });
  return exportId;
};

/** The MP3 that a video's wishes ask for with every run. */
export const queueWishedAudio = (tx: Tx, { videoId }: { videoId: string }): Promise<string> =>
  queueAudioExport(tx, { videoId, requestedBy: null, options: audioRequestSchema.parse({}) });

/**
 * Asks for a video's sound as a file. One with the same settings that is being made, or that was made of the video as it is
 * now, is given instead of another. Throws like `requireEditableVideo` and `refuseTakenDown`, `unprocessable` while there is no original, and
 * `conflict` when many exports of the video wait already.
 */
export const requestAudio = ({
  viewer,
  videoId,
  options,
  locale,
}: {
  viewer: Viewer;
  videoId: string;
  options: AudioRequest;
  locale: Locale;
}): Promise<AudioExportDto> =>
  transaction(async (tx) => {
    const video = await requireEditableVideo(tx, { viewer, videoId });
    refuseTakenDown(viewer, video);
    if (video.originalKey === null) {
      throw new AppError("unprocessable", {
        message: "This video has no original to take the sound from.",
        hint: "Wait until its upload has ended.",
      });
    }
    const present = await findSameAudioExport(tx, { videoId, options });
    if (present !== null) return toAudioExportDto(present, locale);
    if ((await countOpenAudioExports(tx, videoId)) >= maxOpen) {
      throw new AppError("conflict", {
        message: "Several sound files of this video are being made already.",
        hint: "Wait until one is done, or remove it.",
      });
    }
    const exportId = await queueAudioExport(tx, { videoId, requestedBy: viewer?.id ?? null, options });
    await recordAudit(tx, {
      actorId: viewer?.id ?? null,
      action: "video.audio",
      targetType: "video",
      targetId: videoId,
      details: { exportId, options },
    });
    const row = await findAudioExport(tx, exportId);
    if (row === null) throw new AppError("internal", { context: { exportId } });
    return toAudioExportDto(row, locale);
  });
