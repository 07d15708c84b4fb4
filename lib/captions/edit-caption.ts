import type { Viewer } from "#lib/accounts/viewer.ts";
import { captionLabel } from "#lib/captions/caption-label.ts";
import type { CaptionDto, CaptionPatch } from "#lib/captions/dto.ts";
import { enqueueCaptionSweep } from "#lib/captions/queue-sweep.ts";
import { toCaptionDto } from "#lib/captions/to-caption-dto.ts";
import { transaction } from "#lib/db/client.ts";
import { recordAudit } from "#lib/db/queries/instance/audit.ts";
import { deleteCaption, findCaption, type NewCaption, updateCaption } from "#lib/db/queries/videos/captions.ts";
import { AppError } from "#lib/errors.ts";
import { languageTag } from "#lib/media/captions/caption-language.ts";
import { publishVideoEvent } from "#lib/notifications/publish-video-event.ts";
import { requireEditableVideo } from "#lib/videos/policy.ts";

/** Which text track of which video, and who asks. */
export type CaptionOf = { viewer: Viewer; videoId: string; captionId: string };

const changesOf = (now: { language: string; label: string }, patch: CaptionPatch): Partial<NewCaption> => {
  const language = patch.language === undefined ? now.language : (languageTag(patch.language) ?? now.language);
  return {
    language,
    label: captionLabel({ label: patch.label ?? now.label, language }),
    ...(patch.kind === undefined ? {} : { kind: patch.kind }),
    ...(patch.isDefault === undefined ? {} : { isDefault: patch.isDefault }),
  };
};

/** Changes what is said of a text track. Throws `not_found` for what there is not, else like `editVideo`. */
export const editCaption = (input: CaptionOf & { patch: CaptionPatch }): Promise<CaptionDto> =>
  transaction(async (tx) => {
    const { viewer, videoId, captionId, patch } = input;
    await requireEditableVideo(tx, { viewer, videoId });
    const now = await findCaption(tx, { videoId, captionId });
    if (now === null) throw new AppError("not_found");
    const changes = changesOf(now, patch);
    const row = await updateCaption(tx, { videoId, captionId, changes });
    if (row === null) throw new AppError("not_found");
    await recordAudit(tx, {
      actorId: viewer?.id ?? null,
      action: "caption.edit",
      ...{ targetType: "video", targetId: videoId },
      before: { language: now.language, label: now.label },
      after: changes,
      details: { captionId },
    });
    await publishVideoEvent(tx, { videoId, event: "changed" });
    return toCaptionDto(row);
  });

/** Takes a text track away; players that hold its address may read it for a day. Throws like `editCaption`. */
export const removeCaption = (input: CaptionOf): Promise<void> =>
  transaction(async (tx) => {
    const { viewer, videoId, captionId } = input;
    await requireEditableVideo(tx, { viewer, videoId });
    if (!(await deleteCaption(tx, { videoId, captionId }))) throw new AppError("not_found");
    await enqueueCaptionSweep(tx, videoId);
    await recordAudit(tx, {
      actorId: viewer?.id ?? null,
      action: "caption.delete",
      ...{ targetType: "video", targetId: videoId },
      details: { captionId },
    });
    await publishVideoEvent(tx, { videoId, event: "changed" });
  });
