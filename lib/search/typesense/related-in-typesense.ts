import { searchDb } from "#lib/db/client.ts";
import { listVideoSources } from "#lib/db/queries/search/sources.ts";
import { type Asking, askAll, type Found, idsOf, type Search } from "#lib/search/typesense/ask.ts";
import type { Collections } from "#lib/search/typesense/collections.ts";
import { butNot, oneOf } from "#lib/search/typesense/filters.ts";
import { tokensOfText } from "#lib/search/typesense/tokens.ts";

/** Words of a video that others are asked for, and how many videos with each are compared. */
const maxTokens = 12;
const videosOfToken = 40;

type Relating = Asking & {
  collections: Collections;
  videoId: string;
  channelId: string;
  limit: number;
  /** Videos that nobody may find any more though the index still has them. */
  hidden: readonly string[];
};

/** Stems of a video that everybody may find: of its title and tags; others have none here. */
const tokensOf = async (videoId: string): Promise<string[]> => {
  const [source] = await listVideoSources(searchDb(), [videoId]);
  if (source === undefined) return [];
  return tokensOfText(`${source.title} ${source.tags.join(" ")}`).stems.slice(0, maxTokens);
};

const among = ({ collections, hidden }: Relating, conditions: readonly string[]) => {
  const all = [...conditions, ...butNot(hidden)];
  return { collection: collections.videos, ...(all.length === 0 ? {} : { filter_by: all.join(" && ") }) };
};

const withToken = (relating: Relating, token: string): Search => ({
  ...{ ...among(relating, []), q: token, query_by: "title,tags,channel,chapters,description" },
  ...{ query_by_weights: "8,6,3,2,1", prefix: "false,false,false,false,false", num_typos: "0,0,0,0,0" },
  ...{ drop_tokens_threshold: 0, sort_by: "_text_match:desc,views:desc", include_fields: "id", limit: videosOfToken },
});

const newest = (relating: Relating, channelId: string | null): Search => ({
  ...among(relating, channelId === null ? [] : [oneOf("channel_id", [channelId])]),
  ...{ q: "*", sort_by: "published_at:desc", include_fields: "id", limit: relating.limit + 1 },
});

/** Videos by how rare the words are that they share with the one that is open. */
const byRarity = (found: readonly Found[]): string[] => {
  const scores = new Map<string, number>();
  for (const one of found) {
    const rarity = Math.log(1 + one.out_of / Math.max(1, one.found));
    for (const id of idsOf(one)) scores.set(id, (scores.get(id) ?? 0) + rarity);
  }
  return [...scores].toSorted(([, a], [, b]) => b - a).map(([id]) => id);
};

/** Videos with the same words, those with rare ones first; then the newest of the same channel, then the newest of all. */
export const relatedInTypesense = async (relating: Relating): Promise<string[]> => {
  const { videoId, channelId, limit } = relating;
  const tokens = await tokensOf(videoId);
  const found = await askAll(relating, [
    ...tokens.map((token) => withToken(relating, token)),
    newest(relating, channelId),
    newest(relating, null),
  ]);
  const ids = new Set([...byRarity(found.slice(0, tokens.length)), ...found.slice(tokens.length).flatMap(idsOf)]);
  ids.delete(videoId);
  return [...ids].slice(0, limit);
};
