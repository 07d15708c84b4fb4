import { assertEditable } from "#lib/captions/assert-editable.ts";
import type { CaptionOf } from "#lib/captions/edit-caption.ts";
import type { CaptionScriptDto } from "#lib/captions/script/dto.ts";
import { db } from "#lib/db/client.ts";
import { findCaption } from "#lib/db/queries/videos/captions.ts";
import { AppError } from "#lib/errors.ts";
import { maxCues } from "#lib/media/captions/caption-cue.ts";
import { captionText } from "#lib/media/captions/caption-text.ts";
import { isVtt, parseVtt } from "#lib/media/captions/vtt-parse.ts";
import { objectStore } from "#lib/storage/index.ts";
import { captionVersion } from "#lib/storage/keys.ts";
import { mayPlay } from "#lib/videos/policy.ts";

/**
 * The captions of a text track with their markup, for those who may edit it. Throws like `editCaption`, and
 * `not_found` for what is not delivered.
 */
export const readScript = async (input: CaptionOf & { signal: AbortSignal }): Promise<CaptionScriptDto> => {
  const { viewer, videoId, captionId, signal } = input;
  const video = await assertEditable(input);
  const caption = mayPlay(viewer, video) ? await findCaption(db(), { videoId, captionId }) : null;
  if (caption === null) throw new AppError("not_found");
  const parts: Uint8Array[] = [];
  const stream = await objectStore().read({ key: caption.key, signal });
  for await (const part of stream as AsyncIterable<Uint8Array>) parts.push(part);
  const text = Buffer.concat(parts).toString("utf8");
  const cues = isVtt(text) ? parseVtt(text).cues.slice(0, maxCues) : [];
  return {
    version: captionVersion(caption.key),
    items: cues
      .map(({ startMs, endMs, raw, settings = "" }) => ({
        ...{ startMs, endMs, settings },
        text: captionText({ raw, format: "vtt" }),
      }))
      .filter((cue) => cue.text !== ""),
  };
};
