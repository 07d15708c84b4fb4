import type { DbOrTx } from "#lib/db/client.ts";
import { listVideoSources, type VideoSource } from "#lib/db/queries/search/sources.ts";
import type { SearchDocument } from "#lib/search/engine.ts";
import { fingerprint } from "#lib/search/index/fingerprint.ts";

const toDocument = (source: VideoSource): SearchDocument => ({
  ...source,
  captions: source.captions.map(({ id, language }) => ({ id, language })),
  fingerprint: fingerprint(source),
});

/** What engines hold of these videos, as the tables say it now; those that nobody may find are absent. */
export const readDocuments = async (tx: DbOrTx, videoIds: readonly string[]): Promise<SearchDocument[]> =>
  (await listVideoSources(tx, videoIds)).map(toDocument);
