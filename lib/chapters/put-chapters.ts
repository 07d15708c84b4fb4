import type { Viewer } from "#lib/accounts/viewer.ts";
import type { ChapterList, ChaptersDto } from "#lib/chapters/dto.ts";
import { chaptersOf } from "#lib/chapters/get-chapters.ts";
import { transaction } from "#lib/db/client.ts";
import { recordAudit } from "#lib/db/queries/instance/audit.ts";
import { replaceChapters } from "#lib/db/queries/videos/chapters.ts";
import { AppError } from "#lib/errors.ts";
import { chapterTitle } from "#lib/media/captions/chapter-list.ts";
import { publishVideoEvent } from "#lib/notifications/publish-video-event.ts";
import { requireEditableVideo } from "#lib/videos/policy.ts";

/** Sorted chapters with clean titles. Throws `invalid_input` with the fields at fault. */
const checked = (items: ChapterList["items"], durationMs: number | null): ChapterList["items"] => {
  const fields: Record<string, string> = {};
  const seen = new Set<number>();
  const cleaned = items.map(({ startMs, title }, index) => {
    const words = chapterTitle(title);
    if (words === "") fields[`items.${index}.title`] = "required";
    if (seen.has(startMs)) fields[`items.${index}.startMs`] = "chapter_twice";
    if (durationMs !== null && startMs >= durationMs) fields[`items.${index}.startMs`] = "chapter_outside";
    seen.add(startMs);
    return { startMs, title: words };
  });
  if (Object.keys(fields).length > 0) throw new AppError("invalid_input", { fields });
  return cleaned.toSorted((a, b) => a.startMs - b.startMs);
};

/**
 * Puts an editor's chapters in the place of the file's; an empty list takes them away, and the description's hold again,
 * or the file's after the next run. Throws `invalid_input` for chapters that begin twice at one time or after the end,
 * else like `editVideo`.
 */
export const putChapters = (input: {
  viewer: Viewer;
  videoId: string;
  items: ChapterList["items"];
}): Promise<ChaptersDto> =>
  transaction(async (tx) => {
    const { viewer, videoId, items } = input;
    const video = await requireEditableVideo(tx, { viewer, videoId });
    const rows = checked(items, video.durationMs);
    await replaceChapters(tx, { videoId, rows });
    await recordAudit(tx, {
      actorId: viewer?.id ?? null,
      action: "chapters.edit",
      ...{ targetType: "video", targetId: videoId },
      details: { count: rows.length },
    });
    await publishVideoEvent(tx, { videoId, event: "changed" });
    return chaptersOf(tx, video);
  });
