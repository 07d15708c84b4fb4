import { once } from "node:events";
import { finished } from "node:stream/promises";
import postgres, { type Sql } from "postgres";
import { analysisVersion, stemWord } from "#lib/search/analysis/stem-word.ts";
import { codeInTitle, codeOfStem, codesOfWeights } from "#lib/search/postgres/codes.ts";
import { deletionHashes } from "#lib/search/typos/deletions.ts";
import { type CorpusSize, type CorpusVideo, corpusId, makeVideos } from "#tests/bench/search-corpus.ts";

/** What a corpus is written into; the words by rank. */
type Filling = { sql: Sql; size: CorpusSize; names: readonly string[] };
/** Numbers of stems by the rank of their words. */
type Stems = readonly number[];

const list = (values: Iterable<number | string>) => `{${[...values].join(",")}}`;
const sorted = (codes: Iterable<number>) => [...new Set(codes)].toSorted((a, b) => a - b);
const line = (...values: (string | number | boolean)[]) => `${values.join("\t")}\n`;

/** Writes lines into a table as fast as the server takes them. */
const copy = async (sql: Sql, { table, lines }: { table: string; lines: Iterable<string> }): Promise<void> => {
  const stream = await sql.unsafe(`copy ${table} from stdin`).writable();
  let part = "";
  for (const one of lines) {
    part += one;
    if (part.length < 65_536) continue;
    if (!stream.write(part)) await once(stream, "drain");
    part = "";
  }
  stream.end(part);
  await finished(stream);
};

const fillLexicon = async ({ sql, names, size }: Filling): Promise<Stems> => {
  const numbers = new Map<string, number>();
  const stems = names.map((name) => {
    const stem = stemWord(name);
    if (!numbers.has(stem)) numbers.set(stem, numbers.size + 1);
    return numbers.get(stem) ?? 0;
  });
  // About: what Zipf's law gives a word over titles and descriptions.
  const documents = (rank: number) => Math.max(1, Math.round((size.videos * 1.6) / (rank + 1)));
  await copy(sql, { table: "search_stems (id, stem)", lines: [...numbers].map(([stem, id]) => line(id, stem)) });
  const words = names.map((name, rank) => line(rank + 1, name, stems[rank] ?? 0, documents(rank)));
  await copy(sql, { table: "search_words (id, word, stem_id, documents)", lines: words });
  const deletions = function* () {
    for (const [rank, name] of names.entries()) {
      const hashes = new Set([...deletionHashes(name), ...deletionHashes(stemWord(name))]);
      for (const hash of hashes) yield line(hash, rank + 1);
    }
  };
  await copy(sql, { table: "search_deletions (hash, word_id)", lines: deletions() });
  return stems;
};

const publishedAt = (index: number) =>
  new Date(Date.UTC(2026, 0, 1) - ((index * 7919) % 1_000_000) * 60_000).toISOString();

const documentLine = (video: CorpusVideo, { stems, size }: { stems: Stems; size: CorpusSize }): string => {
  const of = (ranks: readonly number[]) => [...new Set(ranks.map((rank) => stems[rank] ?? 0))];
  const [title, description] = [of(video.title), of(video.description)];
  const weights = new Map(
    [...new Set([...title, ...description])].map((stem) => [
      stem,
      { inTitle: title.includes(stem), beside: description.includes(stem) ? 1 : 0 },
    ]),
  );
  const codes = sorted([
    ...title.map(codeInTitle),
    ...[...title, ...description, ...of(video.cues.flat())].map(codeOfStem),
  ]);
  const tier = video.index < size.videos / 100 ? 0 : video.index < size.videos / 10 ? 1 : 2;
  return line(
    ...[corpusId(3, video.index), corpusId(2, video.index % 1000), tier, size.videos - video.index],
    ...[publishedAt(video.index), video.durationMs, "{}", true, list(codes), list(codesOfWeights(weights)), "{}"],
    ...[video.title.length, "bench"],
  );
};

const fillPeople = async ({ sql }: Filling): Promise<void> => {
  const user = corpusId(1, 1);
  await sql`insert into users (id, email, username, display_name, role)
    values (${user}, 'search-bench@example.org', 'search-bench', 'Bench', 'creator')`;
  const channels = Array.from({ length: 1000 }, (_, at) => line(corpusId(2, at), user, `bench-${at}`, `Bench ${at}`));
  await copy(sql, { table: "channels (id, owner_id, handle, name)", lines: channels });
};

const videoTables = ({ names, size }: Filling, stems: Stems) => {
  const text = (ranks: readonly number[]) => ranks.map((rank) => names[rank]).join(" ");
  const each = function* (make: (video: CorpusVideo) => Iterable<string>) {
    for (const video of makeVideos(size)) yield* make(video);
  };
  const videos = (video: CorpusVideo) => [
    line(
      ...[corpusId(3, video.index), corpusId(2, video.index % 1000), corpusId(1, 1), text(video.title)],
      ...[text(video.description), "public", "ready", "clip.mp4", 1000, publishedAt(video.index), video.durationMs],
    ),
  ];
  const captions = ({ index, cues }: CorpusVideo) => {
    const [id, key] = [corpusId(4, index), `bench/${index}`];
    return [line(id, corpusId(3, index), "uk", "uk", "subtitles", "upload", key, 1, cues.length, key)];
  };
  const cues = function* (video: CorpusVideo) {
    for (const [at, ranks] of video.cues.entries()) {
      const numbers = sorted(ranks.map((rank) => stems[rank] ?? 0));
      yield line(corpusId(4, video.index), at, at * 5000, at * 5000 + 4000, text(ranks), list(numbers));
    }
  };
  return {
    "videos (id, channel_id, creator_id, title, description, visibility, status, source_filename, source_size_bytes, published_at, duration_ms)":
      each(videos),
    "captions (id, video_id, language, label, kind, origin, key, size_bytes, cue_count, cues_key)": each(captions),
    "cues (caption_id, ordinal, start_ms, end_ms, text, stems)": each(cues),
    "search_documents (video_id, channel_id, tier, popularity, published_at, duration_ms, tags, has_captions, codes, weights, words, title_words, fingerprint)":
      each((video) => [documentLine(video, { stems, size })]),
  };
};

/** Fills a migrated database with a corpus, popular videos first, and builds the indexes of codes afterwards. */
export const fillSearch = async (input: {
  databaseUrl: string;
  size: CorpusSize;
  names: readonly string[];
}): Promise<void> => {
  const sql = postgres(input.databaseUrl, { max: 1, onnotice: () => undefined });
  try {
    const filling = { sql, size: input.size, names: input.names };
    // Neither triggers nor foreign keys: what is copied fits.
    await sql`set session_replication_role = replica`;
    await sql`set maintenance_work_mem = '512MB'`;
    const indexes = await sql<{ indexname: string; indexdef: string }[]>`
      select indexname, indexdef from pg_indexes where tablename = 'search_documents' and indexdef like '%gin%'`;
    for (const { indexname } of indexes) await sql`drop index ${sql(indexname)}`;
    await fillPeople(filling);
    const tables = videoTables(filling, await fillLexicon(filling));
    for (const [table, lines] of Object.entries(tables)) await copy(sql, { table, lines });
    for (const { indexdef } of indexes) await sql.unsafe(indexdef);
    await sql`update search_engines set analysis_version = ${analysisVersion}, checked_at = now()`;
    await sql`vacuum analyze`;
  } finally {
    await sql.end({ timeout: 5 });
  }
};
