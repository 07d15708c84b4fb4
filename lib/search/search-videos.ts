import type { Viewer } from "#lib/accounts/viewer.ts";
import { db, searchDb } from "#lib/db/client.ts";
import { findChannel, findChannelByHandle } from "#lib/db/queries/channels/channels.ts";
import { listChannelSources } from "#lib/db/queries/search/sources.ts";
import { findFindableVideos } from "#lib/db/queries/videos/video-lists.ts";
import type { Locale } from "#lib/i18n/locale.ts";
import { idSchema } from "#lib/ids.ts";
import { languageTag } from "#lib/media/captions/caption-language.ts";
import { splitWords, type TextWord } from "#lib/search/analysis/split-words.ts";
import type { SearchQuery, SearchResultDto } from "#lib/search/dto.ts";
import type { SearchAnswer, SearchEngine, SearchRequest } from "#lib/search/engine.ts";
import { searchEngines } from "#lib/search/engines.ts";
import { makeMarker } from "#lib/search/highlight.ts";
import { askUnfindableOut } from "#lib/search/index/ask-unfindable-out.ts";
import { decodeSearchCursor, encodeSearchCursor } from "#lib/search/search-cursor.ts";
import { withEngine } from "#lib/search/with-engine.ts";
import type { VideoDto } from "#lib/videos/dto.ts";
import { toVideoDtos } from "#lib/videos/to-video-dto.ts";

/** Who searches for what. */
export type SearchVideos = { viewer: Viewer; query: SearchQuery; locale?: Locale | undefined };

/** An id that no channel has: whoever narrows a search to a channel that is not there finds nothing. */
const noChannel = "00000000-0000-0000-0000-000000000000";

const channelIdOf = async (channel: string): Promise<string> => {
  const isId = idSchema.safeParse(channel).success;
  const found = isId
    ? await findChannel(db(), channel.toLowerCase())
    : await findChannelByHandle(db(), channel.replace(/^@/, ""));
  return found?.id ?? noChannel;
};

const toRequest = async (query: SearchQuery): Promise<SearchRequest> => {
  const { q, category, language, tag, duration, period, captions, channel, sort, limit } = query;
  const channelId = channel === undefined ? undefined : await channelIdOf(channel);
  return {
    // PostgreSQL stores no zero bytes, and no query means one.
    q: q.replaceAll("\u0000", " ").trimStart(),
    filters: {
      ...{ channelId, category, tag, duration, period, captions },
      language: language === undefined ? undefined : (languageTag(language) ?? language),
    },
    ...{ sort, limit, offset: decodeSearchCursor(query.cursor), now: new Date() },
  };
};

/** The hits as they are told: looked at once more, since an engine may be a moment behind. */
const toItems = async (
  answer: SearchAnswer,
  { viewer, locale }: Pick<SearchVideos, "viewer" | "locale">,
): Promise<SearchResultDto["items"]> => {
  const ids = answer.hits.map(({ videoId }) => videoId);
  const { rows, parts } = await findFindableVideos(searchDb(), ids);
  const videos = await toVideoDtos(searchDb(), rows, { viewer, locale, parts });
  const cues = new Map(answer.hits.map((hit) => [hit.videoId, hit.cues]));
  const mark = makeMarker(answer.words);
  return videos.map((video: VideoDto) => ({
    video,
    highlights: {
      title: mark.whole(video.title),
      description: mark.piece(video.description),
      tags: video.tags.filter((tag) => mark.ranges(tag).length > 0),
    },
    cues: (cues.get(video.id) ?? []).map((cue) => ({ ...cue, ranges: mark.ranges(cue.text) })),
  }));
};

const withNames = async ({ facets, channels: told }: SearchAnswer): Promise<SearchResultDto["facets"]> => {
  const ids = facets.channel.map(({ value }) => value);
  const sources = told ?? (await listChannelSources(searchDb(), ids));
  const channels = new Map(sources.map((source) => [source.channelId, source]));
  return {
    ...facets,
    channel: facets.channel.flatMap(({ value, count }) => {
      const source = channels.get(value);
      return source === undefined ? [] : [{ value, count, handle: source.handle, name: source.name }];
    }),
  };
};

type Told = Pick<SearchResultDto, "items" | "facets" | "engine"> & { answer: SearchAnswer };

const ask = async (
  asking: Pick<SearchVideos, "viewer" | "locale"> & { request: SearchRequest; engines: readonly SearchEngine[] },
): Promise<Told> => {
  const { answer, engine } = await withEngine((one) => one.search(asking.request), asking.engines);
  const [items, facets] = await Promise.all([toItems(answer, asking), withNames(answer)]);
  return { answer, engine, items, facets };
};

/**
 * What was hidden is in no count either: an engine that found such videos counted them, and is asked once more without them,
 * then the database alone.
 */
const askUntilTrue = async (asking: Omit<Parameters<typeof ask>[0], "engines">): Promise<Told> => {
  const all = searchEngines();
  for (const engines of [all, all]) {
    const told = await ask({ ...asking, engines });
    const shown = new Set(told.items.map(({ video }) => video.id));
    const unfindable = told.answer.hits.map(({ videoId }) => videoId).filter((videoId) => !shown.has(videoId));
    if (unfindable.length === 0) return told;
    if (!(await askUnfindableOut({ engine: told.engine, videoIds: unfindable }))) break;
  }
  return ask({ ...asking, engines: all.slice(-1) });
};

/**
 * The corrected query, when each word that it brings stands in what is told: the words that an index knows may be those of a
 * video that was hidden since, and which words such a video has is nobody's business.
 */
const toldCorrection = ({ corrected }: SearchAnswer, items: Told["items"], q: string): string | null => {
  if (corrected === null) return null;
  const typed = new Set(splitWords(q).map(({ word }) => word));
  const brought = splitWords(corrected).filter(({ word }) => !typed.has(word));
  const isTold = ({ word }: TextWord) => {
    const mark = makeMarker([word]);
    return items.some(({ video, cues }) =>
      [
        ...[video.title, video.description, video.channel.name, video.channel.handle, ...video.tags],
        ...[...video.playback.chapters.map(({ title }) => title), ...cues.map(({ text }) => text)],
      ].some((text) => mark.ranges(text).length > 0),
    );
  };
  return brought.every(isTold) ? corrected : null;
};

/**
 * Videos that everybody may find, by words and filters: all words first, then most; forms and typos of words count. The
 * viewer decides nothing but what the videos tell of themselves. Throws `invalid_input` for a cursor that is not ours.
 */
export const searchVideos = async ({ viewer, query, locale }: SearchVideos): Promise<SearchResultDto> => {
  const started = performance.now();
  const request = await toRequest(query);
  const { answer, engine, items, facets } = await askUntilTrue({ viewer, locale, request });
  return {
    ...{ items, facets, engine },
    total: answer.total,
    corrected: toldCorrection(answer, items, request.q),
    tookMs: Math.round((performance.now() - started) * 10) / 10,
    nextCursor: answer.more ? encodeSearchCursor(request.offset + request.limit) : null,
  };
};
