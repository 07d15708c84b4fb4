import { type SQL, sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  customType,
  index,
  integer,
  pgTable,
  primaryKey,
  real,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { channels } from "./accounts.ts";
import { createdAt, instant } from "./columns.ts";
import { captions } from "./videos.ts";

/** Text that is compared byte by byte, so that a prefix is one range of its btree whatever the database's locale. */
const binaryText = customType<{ data: string; driverData: string }>({ dataType: () => 'text collate "C"' });

/** Engines that hold a copy of what can be found; each gets a row of every change. */
export const searchEngines = pgTable("search_engines", {
  // `postgres` is always there: other engines fall back to it.
  name: text("name").primaryKey(),
  // lib/search/analysis/analysis-version.ts as of the last whole rebuild; null: it was never built.
  analysisVersion: integer("analysis_version"),
  // When its copy was last compared with the truth.
  checkedAt: instant("checked_at"),
  createdAt: createdAt(),
});

/**
 * What changed and is not yet in an engine. Triggers write it in the transaction of the change
 * (docs/decisions/0019-search.md); a row is only ever added and taken away, so that no two changes wait for each other.
 */
export const searchChanges = pgTable(
  "search_changes",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    engine: text("engine")
      .notNull()
      .references(() => searchEngines.name, { onDelete: "cascade" }),
    kind: text("kind", { enum: ["video", "channel"] }).notNull(),
    // Without a foreign key: what was removed has to leave the engines too.
    subjectId: uuid("subject_id").notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    index("search_changes_engine_id_idx").on(t.engine, t.id),
    // Whether a change of a video waits: searches ask it of every candidate.
    index("search_changes_subject_id_idx").on(t.subjectId, t.engine),
    check("search_changes_kind_check", sql`${t.kind} in ('video', 'channel')`),
  ],
);

/** Numbers of word stems. Never reused: documents and cues hold them. */
export const searchStems = pgTable(
  "search_stems",
  {
    id: integer("id").primaryKey().generatedAlwaysAsIdentity(),
    stem: binaryText("stem").notNull(),
  },
  (t) => [uniqueIndex("search_stems_stem_key").on(t.stem)],
);

/** Every word that was ever indexed, folded, with the stem it counts as. */
export const searchWords = pgTable(
  "search_words",
  {
    id: integer("id").primaryKey().generatedAlwaysAsIdentity(),
    word: binaryText("word").notNull(),
    stemId: integer("stem_id").notNull(),
    // How many documents have it in a title, a tag, a description or a name; spoken words are not counted.
    documents: integer("documents").notNull().default(0),
    // The count's power of two: changes so rarely that counting leaves the indexes alone.
    grade: smallint("grade").generatedAlwaysAs(
      (): SQL => sql`(floor(ln((documents + 1)::float8) * 1.4426950408889634::float8))::smallint`,
    ),
  },
  (t) => [
    uniqueIndex("search_words_word_key").on(t.word),
    index("search_words_stem_id_idx").on(t.stemId),
    // The commonest words that begin with one or two letters; longer beginnings are read from the word's own index.
    index("search_words_first_idx").on(sql`left(word, 1)`, t.grade.desc()),
    index("search_words_first_two_idx").on(sql`left(word, 2)`, t.grade.desc()),
  ],
);

/** Hashes of a word, of its stem and of all that one missing letter makes of either: words a typo apart share one. */
export const searchDeletions = pgTable(
  "search_deletions",
  {
    // lib/search/typos/deletions.ts
    hash: integer("hash").notNull(),
    wordId: integer("word_id").notNull(),
  },
  (t) => [primaryKey({ name: "search_deletions_pkey", columns: [t.hash, t.wordId] })],
);

/** A video as the PostgreSQL engine finds it: public and ready ones only, but for those of which a change waits. */
export const searchDocuments = pgTable(
  "search_documents",
  {
    // Without a foreign key: whoever takes a document away also takes its words from the counts.
    videoId: uuid("video_id").primaryKey(),
    channelId: uuid("channel_id").notNull(),
    // By popularity: 0 the best, 2 the rest. A tier is asked when those above gave too few.
    tier: smallint("tier").notNull(),
    popularity: real("popularity").notNull(),
    publishedAt: instant("published_at").notNull(),
    durationMs: integer("duration_ms"),
    category: text("category"),
    language: text("language"),
    // Folded, each once.
    tags: text("tags").array().notNull(),
    hasCaptions: boolean("has_captions").notNull(),
    // Sorted. Twice the number of every stem of all fields and of what is said; one more for a stem of the title; below
    // zero the hashes of what filters ask for (lib/search/postgres/codes.ts).
    codes: integer("codes").array().notNull(),
    // Sorted. For a stem of weight w sixteen times its number, and the w - 1 numbers after it.
    weights: integer("weights").array().notNull(),
    // Numbers of the words that count in `search_words.documents`.
    words: integer("words").array().notNull(),
    titleWords: smallint("title_words").notNull(),
    // Of all that it was made of; another one means that it is out of date.
    fingerprint: text("fingerprint").notNull(),
  },
  (t) => [
    index("search_documents_best_idx").using("gin", t.codes).with({ fastupdate: false }).where(sql`tier = 0`),
    index("search_documents_good_idx").using("gin", t.codes).with({ fastupdate: false }).where(sql`tier = 1`),
    index("search_documents_rest_idx").using("gin", t.codes).with({ fastupdate: false }).where(sql`tier = 2`),
    index("search_documents_published_at_idx").on(t.publishedAt.desc(), t.videoId.desc()),
    index("search_documents_popularity_idx").on(t.popularity.desc(), t.videoId.desc()),
    check("search_documents_tier_check", sql`${t.tier} between 0 and 2`),
  ],
);

/** How channels are called: the folded name from each of its words on, and the handle. */
export const searchChannels = pgTable(
  "search_channels",
  {
    channelId: uuid("channel_id")
      .notNull()
      .references(() => channels.id, { onDelete: "cascade" }),
    key: binaryText("key").notNull(),
  },
  (t) => [
    primaryKey({ name: "search_channels_pkey", columns: [t.channelId, t.key] }),
    index("search_channels_key_idx").on(t.key),
  ],
);

/** What is said, line by line: of every video's text tracks, whoever may see it. */
export const cues = pgTable(
  "cues",
  {
    captionId: uuid("caption_id")
      .notNull()
      .references(() => captions.id, { onDelete: "cascade" }),
    ordinal: integer("ordinal").notNull(),
    startMs: integer("start_ms").notNull(),
    endMs: integer("end_ms").notNull(),
    // Plain words, without markup; lines parted by line feeds.
    text: text("text").notNull(),
    // Sorted numbers of its stems.
    stems: integer("stems").array().notNull(),
  },
  (t) => [primaryKey({ name: "cues_pkey", columns: [t.captionId, t.ordinal] })],
);
