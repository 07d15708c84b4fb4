import { searchDb } from "#lib/db/client.ts";
import { findCues } from "#lib/db/queries/search/cues.ts";
import { countFacets } from "#lib/search/count-facets.ts";
import { deepestOffset, maxCuesOfHit, type SearchAnswer, type SearchRequest } from "#lib/search/engine.ts";
import { type FoundCandidates, findCandidates } from "#lib/search/postgres/find-candidates.ts";
import { lexicon } from "#lib/search/postgres/remembered-lexicon.ts";
import { correctedQuery, type QueryWord, understandQuery } from "#lib/search/postgres/understand-query.ts";

type Read = { words: QueryWord[]; found: FoundCandidates };

const nothing: FoundCandidates = { candidates: [], isCut: false };

const read = async (request: SearchRequest, strict: boolean): Promise<Read> => {
  const words = await understandQuery(lexicon(), { q: request.q, strict });
  // A query of which nothing is understood finds nothing, one without words all that the filters let through.
  if (words.length === 0 && request.q.trim() !== "") return { words, found: nothing };
  return { words, found: await findCandidates(searchDb(), { words, request }) };
};

/** A word that is spoken somewhere counts as known; when that finds nothing it may have been a typo all the same. */
const readTwice = async (request: SearchRequest): Promise<Read> => {
  const first = await read(request, false);
  if (first.found.candidates.length > 0 || request.q.trim() === "") return first;
  const second = await read(request, true);
  return second.found.candidates.length > 0 ? second : first;
};

/** Searches the index of the database. */
export const searchInPostgres = async (request: SearchRequest): Promise<SearchAnswer> => {
  const { words, found } = await readTwice(request);
  const { candidates, isCut } = found;
  const end = request.offset + request.limit;
  const page = candidates.slice(request.offset, end);
  const stems = [...new Set(words.flatMap(({ stemIds }) => stemIds))].toSorted((a, b) => a - b);
  const videoIds = page.filter(({ hasCaptions }) => hasCaptions).map(({ videoId }) => videoId);
  const cues = await findCues(searchDb(), { videoIds, stems, perVideo: maxCuesOfHit });
  const ofVideo = Map.groupBy(cues, ({ videoId }) => videoId);
  return {
    hits: page.map(({ videoId }) => ({
      videoId,
      cues: (ofVideo.get(videoId) ?? []).map(({ captionId, startMs, endMs, text }) => ({
        ...{ captionId, startMs, endMs, text },
      })),
    })),
    words: [...new Set(words.flatMap((word) => word.words))],
    corrected: candidates.length === 0 ? null : correctedQuery(request.q, words),
    total: { count: candidates.length, about: isCut },
    facets: countFacets(candidates, request.now),
    channels: candidates.map(({ channelId, channelHandle, channelName }) => ({
      ...{ channelId, handle: channelHandle, name: channelName },
    })),
    more: candidates.length > end && end <= deepestOffset,
  };
};
