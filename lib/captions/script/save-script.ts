import { assertEditable } from "#lib/captions/assert-editable.ts";
import type { CaptionOf } from "#lib/captions/edit-caption.ts";
import { enqueueCaptionSweep } from "#lib/captions/queue-sweep.ts";
import { checkedScript } from "#lib/captions/script/checked-script.ts";
import type { CaptionScriptChange, CaptionScriptDto } from "#lib/captions/script/dto.ts";
import { db, transaction } from "#lib/db/client.ts";
import { recordAudit } from "#lib/db/queries/instance/audit.ts";
import { insertAssets } from "#lib/db/queries/videos/assets.ts";
import { type CaptionRow, findCaption, replaceCaptionFile } from "#lib/db/queries/videos/captions.ts";
import { AppError } from "#lib/errors.ts";
import { newId } from "#lib/ids.ts";
import { maxCaptionBytes } from "#lib/media/captions/caption-file.ts";
import { writeVtt } from "#lib/media/captions/vtt-write.ts";
import { publishVideoEvent } from "#lib/notifications/publish-video-event.ts";
import { objectStore } from "#lib/storage/index.ts";
import { captionKey, captionVersion } from "#lib/storage/keys.ts";
import { dropUnnamed } from "#lib/usage/drop-unnamed.ts";
import { requireEditableVideo } from "#lib/videos/policy.ts";

type File = Pick<CaptionRow, "key" | "sizeBytes" | "cueCount">;

const changedMeanwhile = () =>
  new AppError("conflict", {
    message: "The captions were changed meanwhile.",
    hint: "Read them again and put your changes into what they are now.",
  });

const nameFile = (input: CaptionOf & { formerKey: string; file: File }): Promise<void> =>
  transaction(async (tx) => {
    const { viewer, videoId, captionId, formerKey, file } = input;
    await requireEditableVideo(tx, { viewer, videoId });
    if ((await replaceCaptionFile(tx, { videoId, captionId, formerKey, file })) === null) {
      const gone = (await findCaption(tx, { videoId, captionId })) === null;
      throw gone ? new AppError("not_found") : changedMeanwhile();
    }
    const { key, sizeBytes, cueCount } = file;
    await insertAssets(tx, [{ videoId, kind: "caption", key, sizeBytes, contentType: "text/vtt" }]);
    await recordAudit(tx, {
      actorId: viewer?.id ?? null,
      action: "caption.rewrite",
      ...{ targetType: "video", targetId: videoId },
      details: { captionId, cueCount },
    });
    await publishVideoEvent(tx, { videoId, event: "changed" });
  });

/**
 * Puts other captions in the place of a text track's, as a new version of its file; players that hold the address of the old
 * one may read it for a day, and search and transcript follow. Throws `conflict` when the track is no longer in the version
 * that was changed, `invalid_input` with the fields at fault, `too_large` for a file beyond what is taken, else like `editCaption`.
 */
export const saveScript = async (input: CaptionOf & { change: CaptionScriptChange }): Promise<CaptionScriptDto> => {
  const { viewer, videoId, captionId, change } = input;
  await assertEditable(input);
  const former = await findCaption(db(), { videoId, captionId });
  if (former === null) throw new AppError("not_found");
  if (captionVersion(former.key) !== change.version) throw changedMeanwhile();
  const cues = checkedScript(change.items);
  const body = Buffer.from(writeVtt({ cues, forStreams: true }));
  if (body.byteLength > maxCaptionBytes) {
    throw new AppError("too_large", {
      message: "The captions are larger than 2 MB.",
      hint: "Split the track, or leave some out.",
    });
  }
  const key = captionKey({ videoId, captionId, version: newId() });
  // Before the file is there, so that one which nothing comes to name goes too.
  await transaction((tx) => enqueueCaptionSweep(tx, videoId));
  await objectStore().put({ key, body });
  const file = { key, sizeBytes: body.byteLength, cueCount: cues.length };
  await nameFile({ viewer, videoId, captionId, formerKey: former.key, file }).catch(dropUnnamed(key));
  return {
    version: captionVersion(key),
    items: cues.map(({ startMs, endMs, text, settings = "" }) => ({ startMs, endMs, text, settings })),
  };
};
