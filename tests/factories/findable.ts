import { db } from "#lib/db/client.ts";
import { captions, chapters, type videos } from "#lib/db/schema/index.ts";
import { newId } from "#lib/ids.ts";
import { writeVtt } from "#lib/media/captions/vtt-write.ts";
import type { SearchEngine, SearchRequest } from "#lib/search/engine.ts";
import { indexChanges } from "#lib/search/index/index-changes.ts";
import { objectStore } from "#lib/storage/index.ts";
import { captionKey } from "#lib/storage/keys.ts";
import { makeVideo } from "#tests/factories/rows.ts";

/** A public video that is ready; it is found once changes were indexed. */
export const makeFindable = (values: Partial<typeof videos.$inferInsert> & { title: string }) =>
  makeVideo({ visibility: "public", status: "ready", publishedAt: new Date(), durationMs: 60_000, ...values });

/** Says lines in a video, each two seconds long: `[start in seconds, words]`. */
export const addSpoken = async (
  videoId: string,
  lines: readonly (readonly [number, string])[],
  language = "uk",
): Promise<string> => {
  const captionId = newId();
  const key = captionKey({ videoId, captionId, version: 1 });
  const cues = lines.map(([seconds, text]) => ({ startMs: seconds * 1000, endMs: seconds * 1000 + 2000, text }));
  const body = Buffer.from(writeVtt({ cues, forStreams: true }));
  await objectStore().put({ key, body });
  await db()
    .insert(captions)
    .values({
      ...{ id: captionId, videoId, language, label: language, kind: "subtitles", origin: "upload", key },
      ...{ sizeBytes: body.byteLength, cueCount: lines.length },
    });
  return captionId;
};

/** Names a part of a video. */
export const addChapter = async (videoId: string, startMs: number, title: string): Promise<void> => {
  await db().insert(chapters).values({ videoId, startMs, title, origin: "editor" });
};

/** Has an engine know everything that changed so far. */
export const indexAll = (engine: SearchEngine): Promise<number> =>
  indexChanges({ engine, signal: AbortSignal.timeout(20_000) });

/** A search as an engine gets it. */
export const searchFor = (q: string, values: Partial<SearchRequest> = {}): SearchRequest => ({
  ...{ q, filters: {}, sort: "relevance", offset: 0, limit: 20, now: new Date() },
  ...values,
});
