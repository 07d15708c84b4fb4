import { db } from "#lib/db/client.ts";
import { listIndexed, refreshPopularity, regradeTiers } from "#lib/db/queries/search/documents.ts";
import type { SearchEngine } from "#lib/search/engine.ts";
import { pagesOf } from "#lib/search/index/pages-of.ts";
import { relatedInPostgres } from "#lib/search/postgres/related-in-postgres.ts";
import { searchInPostgres } from "#lib/search/postgres/search-in-postgres.ts";
import { suggestInPostgres } from "#lib/search/postgres/suggest-in-postgres.ts";
import {
  indexChannelsInPostgres,
  indexInPostgres,
  removeChannelsFromPostgres,
  removeFromPostgres,
} from "#lib/search/postgres/write-index.ts";

/** The engine in the database itself (docs/decisions/0019-search.md). It is there whenever anything is. */
export const postgresEngine: SearchEngine = {
  name: "postgres",
  health: async () => true,
  index: indexInPostgres,
  remove: removeFromPostgres,
  indexChannels: indexChannelsInPostgres,
  removeChannels: removeChannelsFromPostgres,
  search: searchInPostgres,
  suggest: suggestInPostgres,
  related: relatedInPostgres,
  indexed: () => pagesOf((page) => listIndexed(db(), page)),
  takeOverViews: async () => {
    await refreshPopularity(db());
    await regradeTiers(db());
  },
  beginRebuild: null,
};
