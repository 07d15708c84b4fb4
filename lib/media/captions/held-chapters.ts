import { chaptersOfDescription } from "#lib/media/captions/chapter-lines.ts";
import type { Chapter } from "#lib/media/captions/chapter-list.ts";

/** What is known of a video that decides its chapters. `rows` are in order, whatever their origin. */
export type ChapterSources = {
  rows: readonly (Chapter & { origin: "file" | "editor" })[];
  /** Its editor wants none. */
  noChapters: boolean;
  description: string;
  durationMs: number | null;
};

/** The chapters that hold, and where they come from: null when there are none of any kind. */
export type HeldChapters = { origin: "editor" | "description" | "file" | null; items: Chapter[] };

/**
 * The one rule of which chapters a video has: those edited by hand (or none, when that was chosen), else those that the
 * description lists, else the file's. Players, feeds, tags of sound files, search and the API all ask here.
 */
export const heldChapters = ({ rows, noChapters, description, durationMs }: ChapterSources): HeldChapters => {
  const from = (origin: "file" | "editor"): Chapter[] =>
    rows.filter((row) => row.origin === origin).map(({ startMs, title }) => ({ startMs, title }));
  const edited = from("editor");
  if (noChapters || edited.length > 0) return { origin: "editor", items: noChapters ? [] : edited };
  const listed = chaptersOfDescription({ description, durationMs });
  if (listed.length > 0) return { origin: "description", items: listed };
  const found = from("file");
  return { origin: found.length > 0 ? "file" : null, items: found };
};
