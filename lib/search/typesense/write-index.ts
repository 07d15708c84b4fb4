import type { Client } from "typesense";
import { db } from "#lib/db/client.ts";
import { listCues } from "#lib/db/queries/search/cues.ts";
import type { IndexTarget, SearchDocument } from "#lib/search/engine.ts";
import { askAll, type Search } from "#lib/search/typesense/ask.ts";
import { typesenseTimes, withinTime } from "#lib/search/typesense/client.ts";
import type { Collections } from "#lib/search/typesense/collections.ts";
import { oneOf } from "#lib/search/typesense/filters.ts";
import {
  type ChannelRecord,
  type CueRecord,
  type LinesByTrack,
  toChannelRecord,
  toCueRecords,
  toVideoRecord,
  type VideoRecord,
} from "#lib/search/typesense/to-documents.ts";

/** Videos of one request: their ids stand in an address, which may not become long. */
const videosAtOnce = 25;
/** Records of one import. */
const recordsAtOnce = 2_000;

type Writing = { client: Client; collections: Collections };

function* cut<T>(list: readonly T[], size: number): Generator<T[]> {
  for (let at = 0; at < list.length; at += size) yield list.slice(at, at + size);
}

const linesOf = async ({ captions }: SearchDocument): Promise<LinesByTrack> => {
  const lines = new Map<string, Awaited<ReturnType<typeof listCues>>>();
  for (const { id } of captions) lines.set(id, await listCues(db(), id));
  return lines;
};

const put = async <T extends VideoRecord | CueRecord | ChannelRecord>(
  { client }: Writing,
  { name, records }: { name: string; records: readonly T[] },
): Promise<void> => {
  for (const part of cut(records, recordsAtOnce)) {
    await withinTime(typesenseTimes.write, () =>
      client.collections<T>(name).documents().import(part, { action: "upsert" }),
    );
  }
};

const removeWhere = async ({ client }: Writing, { name, filter }: { name: string; filter: string }): Promise<void> => {
  await withinTime(typesenseTimes.write, () => client.collections(name).documents().delete({ filter_by: filter }));
};

/** How many lines of each version of a track the server has of these videos. */
const linesThere = async (
  { client, collections }: Writing,
  videoIds: readonly string[],
): Promise<Map<string, number>> => {
  const search: Search = {
    ...{ collection: collections.cues, q: "*", filter_by: oneOf("video_id", videoIds), include_fields: "id", limit: 1 },
    ...{ facet_by: "version", max_facet_values: videosAtOnce * 100 },
  };
  const [found] = await withinTime(typesenseTimes.write, (signal) => askAll({ client, signal }, [search]));
  return new Map(found?.facet_counts.flatMap(({ counts }) => counts.map(({ value, count }) => [value, count])));
};

type Read = { document: SearchDocument; lines: LinesByTrack };

/** Sends the lines of tracks that the server lacks or has in part, then takes those of other versions away. */
const putLines = async (writing: Writing, read: readonly Read[]): Promise<void> => {
  const { collections } = writing;
  const videoIds = read.map(({ document }) => document.videoId);
  const there = await linesThere(writing, videoIds);
  const wanted = new Set<string>();
  const missing: CueRecord[] = [];
  for (const { document, lines } of read) {
    for (const { id: captionId, version } of document.captions) {
      const records = toCueRecords({ videoId: document.videoId, captionId, version }, lines.get(captionId) ?? []);
      wanted.add(version);
      if (there.get(version) !== records.length) missing.push(...records);
    }
  }
  await put(writing, { name: collections.cues, records: missing });
  const spare = [...there.keys()].filter((version) => !wanted.has(version));
  for (const part of cut(spare, videosAtOnce)) {
    await removeWhere(writing, { name: collections.cues, filter: oneOf("version", part) });
  }
};

/** Lines first and the video last: one whose fingerprint is right has all its lines, and never lacks those it had. */
const putVideos = async (writing: Writing, documents: readonly SearchDocument[]): Promise<void> => {
  const read = await Promise.all(documents.map(async (document) => ({ document, lines: await linesOf(document) })));
  await putLines(writing, read);
  const videos = read.map(({ document, lines }) => toVideoRecord(document, lines));
  await put(writing, { name: writing.collections.videos, records: videos });
};

/** Writes into these collections. */
export const writeInto = (writing: Writing): Omit<IndexTarget, "name" | "health"> => {
  const { videos, cues, channels } = writing.collections;
  return {
    index: async (documents) => {
      for (const part of cut(documents, videosAtOnce)) await putVideos(writing, part);
    },
    remove: async (videoIds) => {
      for (const part of cut(videoIds, videosAtOnce)) {
        await removeWhere(writing, { name: videos, filter: oneOf("id", part) });
        await removeWhere(writing, { name: cues, filter: oneOf("video_id", part) });
      }
    },
    indexChannels: (given) => put(writing, { name: channels, records: given.map(toChannelRecord) }),
    removeChannels: async (channelIds) => {
      for (const part of cut(channelIds, videosAtOnce)) {
        await removeWhere(writing, { name: channels, filter: oneOf("id", part) });
      }
    },
  };
};
