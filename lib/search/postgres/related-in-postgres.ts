import { searchDb } from "#lib/db/client.ts";
import { type Candidate, listBestOfCandidates, listOrderedCandidates } from "#lib/db/queries/search/candidates.ts";
import { rarestStems, weightsOfDocument } from "#lib/db/queries/search/documents.ts";
import { codeOfStem, everyWeight, stemsOfWeights, termsOfFilters } from "#lib/search/postgres/codes.ts";

/** The rarest words of a video that others are asked for, and how many videos are compared. */
const maxStems = 12;
const maxCandidates = 200;

type Related = { videoId: string; limit: number };

const noWeights = { publishedSince: null, weights: [], titleWeights: [] };

/** Videos with the same words and the video itself, the likest first. */
const alike = async ({ videoId, limit }: Related): Promise<string[]> => {
  const weights = await weightsOfDocument(searchDb(), videoId);
  const stemIds = await rarestStems(searchDb(), { stemIds: stemsOfWeights(weights), limit: maxStems });
  if (stemIds.length === 0) return [];
  const stages = stemIds.map((stemId) => ({ all: [codeOfStem(stemId)], anyOf: [], butNot: [], matched: 1 }));
  const query = { ...noWeights, stages, weights: everyWeight(stemIds), limit: maxCandidates };
  return listBestOfCandidates(searchDb(), query, limit + 1);
};

const newestOf = (channelId: string | null, limit: number): Promise<Candidate[]> => {
  const all = channelId === null ? [] : termsOfFilters({ channelId });
  const stage = { all, anyOf: [], butNot: [], matched: 0 };
  return listOrderedCandidates(searchDb(), { ...noWeights, stage, order: "newest", window: null, limit });
};

/**
 * Videos with the same words, those in rare company first; then the newest of the same channel, then the newest of all. Works
 * for videos that are not indexed too: these have no words here.
 */
export const relatedInPostgres = async (related: Related & { channelId: string }): Promise<string[]> => {
  const { videoId, channelId, limit } = related;
  const found = new Set(await alike(related));
  found.delete(videoId);
  for (const channel of [channelId, null]) {
    if (found.size >= limit) break;
    for (const candidate of await newestOf(channel, limit + 1)) found.add(candidate.videoId);
    found.delete(videoId);
  }
  return [...found].slice(0, limit);
};
