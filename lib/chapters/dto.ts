import { z } from "zod";
import { maxChapters, maxChapterTitle } from "#lib/media/captions/chapter-list.ts";

const chapterSchema = z.strictObject({
  startMs: z.number().int().min(0).max(2_147_483_647),
  title: z.string().trim().min(1).max(maxChapterTitle),
});

/** An editor's chapters. An empty list: the video has none. */
export const chapterListSchema = z
  .strictObject({ items: z.array(chapterSchema).max(maxChapters) })
  .meta({ id: "ChapterList" });
/** See `chapterListSchema`. */
export type ChapterList = z.output<typeof chapterListSchema>;

/** The chapters of a video and where they come from; `description`: from the times that its description lists. */
export const chaptersSchema = z
  .object({
    items: z.array(z.object({ startMs: z.number().int(), title: z.string() })),
    origin: z
      .enum(["editor", "file", "description"])
      .nullable()
      .describe("`editor` with no items: none are wanted. Null: nothing names any."),
    nextCursor: z.null(),
  })
  .meta({ id: "Chapters" });
/** See `chaptersSchema`. */
export type ChaptersDto = z.output<typeof chaptersSchema>;
