import { createHash } from "node:crypto";
import type { DbOrTx } from "#lib/db/client.ts";
import { listVideoSources, type VideoSource } from "#lib/db/queries/search/sources.ts";
import { searchedLabelWords } from "#lib/labels/label-words.ts";
import { heldChapters } from "#lib/media/captions/held-chapters.ts";
import type { SearchDocument } from "#lib/search/engine.ts";
import { fingerprint } from "#lib/search/index/fingerprint.ts";

/** Keys of files are never used twice for other content. */
const versionOf = (key: string): string => createHash("sha256").update(key).digest("hex").slice(0, 32);

const toDocument = ({ chapters: rows, noChapters, labels: seen, ...source }: VideoSource): SearchDocument => {
  const chapters = heldChapters({ ...source, rows, noChapters }).items.map(({ title }) => title);
  const labels = searchedLabelWords({ labels: seen, tags: source.tags });
  return {
    ...source,
    chapters,
    labels,
    captions: source.captions.map(({ id, language, key }) => ({ id, language, version: versionOf(key) })),
    fingerprint: fingerprint({ ...source, chapters, labels }),
  };
};

/** What engines hold of these videos, as the tables say it now; those that nobody may find are absent. */
export const readDocuments = async (tx: DbOrTx, videoIds: readonly string[]): Promise<SearchDocument[]> =>
  (await listVideoSources(tx, videoIds)).map(toDocument);
