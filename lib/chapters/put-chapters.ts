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

type Putting = { viewer: Viewer; videoId: string; items: ChapterList["items"] | null };

const put = ({ viewer, videoId, items }: Putting): Promise<ChaptersDto> =>
  transaction(async (tx) => {
    const video = await requireEditableVideo(tx, { viewer, videoId });
    const rows = items === null ? null : checked(items, video.durationMs);
    await replaceChapters(tx, { videoId, rows });
    await recordAudit(tx, {
      actorId: viewer?.id ?? null,
      action: rows === null ? "chapters.reset" : "chapters.edit",
      ...{ targetType: "video", targetId: videoId },
      details: { count: rows?.length ?? 0 },
    });
    await publishVideoEvent(tx, { videoId, event: "changed" });
    return chaptersOf(tx, { ...video, noChapters: rows?.length === 0 });
  });

/**
 * Puts an editor's chapters before those of the description and the file; with an empty list the video has none. Throws
 * `invalid_input` for chapters that begin twice at one time or after the end, else like `editVideo`.
 */
export const putChapters = (input: {
  viewer: Viewer;
  videoId: string;
  items: ChapterList["items"];
}): Promise<ChaptersDto> => put(input);

/** Takes an editor's chapters away: the description's hold again, else the file's. Throws like `editVideo`. */
export const resetChapters = (input: { viewer: Viewer; videoId: string }): Promise<ChaptersDto> =>
  put({ ...input, items: null });
