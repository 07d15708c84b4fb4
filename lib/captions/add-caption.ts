import type { Viewer } from "#lib/accounts/viewer.ts";
import { assertEditable } from "#lib/captions/assert-editable.ts";
import { captionLabel } from "#lib/captions/caption-label.ts";
import type { CaptionDto, CaptionFacts } from "#lib/captions/dto.ts";
import { enqueueCaptionSweep } from "#lib/captions/queue-sweep.ts";
import { toCaptionDto } from "#lib/captions/to-caption-dto.ts";
import { type Tx, transaction } from "#lib/db/client.ts";
import { recordAudit } from "#lib/db/queries/instance/audit.ts";
import { insertAssets } from "#lib/db/queries/videos/assets.ts";
import { captionsOfVideos, insertCaption } from "#lib/db/queries/videos/captions.ts";
import { AppError } from "#lib/errors.ts";
import { newId } from "#lib/ids.ts";
import { maxCaptionBytes, readCaptionFile } from "#lib/media/captions/caption-file.ts";
import { languageTag, unknownLanguage } from "#lib/media/captions/caption-language.ts";
import { writeVtt } from "#lib/media/captions/vtt-write.ts";
import { publishVideoEvent } from "#lib/notifications/publish-video-event.ts";
import { objectStore } from "#lib/storage/index.ts";
import { captionKey } from "#lib/storage/keys.ts";
import { dropUnnamed } from "#lib/usage/drop-unnamed.ts";
import { requireEditableVideo } from "#lib/videos/policy.ts";

/** Largest caption file that is taken, in bytes. */
export const captionFileLimit = maxCaptionBytes;

/** Most text tracks of one video. */
const maxCaptions = 60;

/** Who sends which file to which video; null begins a track without words. */
export type AddCaption = { viewer: Viewer; videoId: string; bytes: Uint8Array | null; facts: CaptionFacts };

const assertRoom = async (tx: Tx, videoId: string): Promise<void> => {
  if ((await captionsOfVideos(tx, [videoId])).length < maxCaptions) return;
  throw new AppError("unprocessable", {
    message: `A video has at most ${maxCaptions} caption files.`,
    hint: "Delete one that is no longer needed.",
  });
};

/**
 * Adds a caption file to a video: SRT, WebVTT or ASS in any common encoding becomes our own WebVTT. The file is stored
 * first, so that a listed track can always be read. Throws `too_large` and `unprocessable` with a hint for files that
 * cannot be taken, else like `editVideo`.
 */
export const addCaption = async ({ viewer, videoId, bytes, facts }: AddCaption): Promise<CaptionDto> => {
  await assertEditable({ viewer, videoId });
  const cues = bytes === null ? [] : readCaptionFile(bytes).cues;
  const id = newId();
  const key = captionKey({ videoId, captionId: id, version: 1 });
  const body = Buffer.from(writeVtt({ cues, forStreams: true }));
  const language = languageTag(facts.language) ?? unknownLanguage;
  const label = captionLabel({ label: facts.label, language });
  await transaction((tx) => enqueueCaptionSweep(tx, videoId));
  await objectStore().put({ key, body });
  return transaction(async (tx) => {
    await requireEditableVideo(tx, { viewer, videoId });
    await assertRoom(tx, videoId);
    const { kind, isDefault } = facts;
    const stored = { key, sizeBytes: body.byteLength, cueCount: cues.length };
    await insertAssets(tx, [{ videoId, kind: "caption", key, sizeBytes: body.byteLength, contentType: "text/vtt" }]);
    const row = await insertCaption(tx, { id, videoId, language, label, kind, isDefault, origin: "upload", ...stored });
    await recordAudit(tx, {
      actorId: viewer?.id ?? null,
      action: "caption.add",
      ...{ targetType: "video", targetId: videoId },
      details: { captionId: id, language, label },
    });
    await publishVideoEvent(tx, { videoId, event: "changed" });
    return toCaptionDto(row);
  }).catch(dropUnnamed(key));
};
