import { z } from "zod";
import { idSchema } from "#lib/ids.ts";

/** Who holds a copy of what can be found. `postgres` is always there, the other when it is configured. */
export const engineNameSchema = z.enum(["postgres", "typesense"]);
/** See `engineNameSchema`. */
export type EngineName = z.output<typeof engineNameSchema>;

/** How long a video is: under 4 minutes, up to 20, longer. */
export const durationClassSchema = z.enum(["short", "medium", "long"]);
/** See `durationClassSchema`. */
export type DurationClass = z.output<typeof durationClassSchema>;

/** How old a video is at most. */
export const periodSchema = z.enum(["day", "week", "month", "year"]);
/** See `periodSchema`. */
export type Period = z.output<typeof periodSchema>;

/** In which order videos are found. */
export const searchSortSchema = z.enum(["relevance", "newest", "views"]);
/** See `searchSortSchema`. */
export type SearchSort = z.output<typeof searchSortSchema>;

/** A video as engines index it; only what everybody may find becomes one. */
export const searchDocumentSchema = z.object({
  videoId: idSchema,
  channelId: idSchema,
  channelName: z.string(),
  channelHandle: z.string(),
  title: z.string(),
  description: z.string(),
  tags: z.array(z.string()),
  chapters: z.array(z.string()).describe("Titles, in order."),
  labels: z
    .array(z.string())
    .describe("What a model saw in it, in words of every language; weighs no more than a description."),
  category: z.string().nullable(),
  language: z.string().nullable().describe("Language tag (RFC 5646)."),
  durationMs: z.number().int().nullable(),
  publishedAt: z.date(),
  views: z.number().int().min(0),
  captions: z
    .array(z.object({ id: idSchema, language: z.string(), version: z.string().describe("Changes with its file.") }))
    .describe("Text tracks; their lines stand in the table of cues."),
  fingerprint: z.string().describe("Of all the above but the views; see lib/search/index/fingerprint.ts."),
});
/** See `searchDocumentSchema`. */
export type SearchDocument = z.output<typeof searchDocumentSchema>;

/** A channel as engines suggest it. */
export const searchChannelSchema = z.object({ channelId: idSchema, handle: z.string(), name: z.string() });
/** See `searchChannelSchema`. */
export type SearchChannel = z.output<typeof searchChannelSchema>;

/** What a video must be to be found; what is undefined does not matter. */
export type SearchFilters = {
  channelId?: string | undefined;
  category?: string | undefined;
  language?: string | undefined;
  tag?: string | undefined;
  duration?: DurationClass | undefined;
  period?: Period | undefined;
  captions?: boolean | undefined;
};

/** What is searched for. An empty `q` finds all that the filters let through. */
export type SearchRequest = {
  q: string;
  filters: SearchFilters;
  sort: SearchSort;
  /** How many found videos were told before; at most `deepestOffset`. */
  offset: number;
  limit: number;
  now: Date;
};

/** No page begins after so many videos: whoever reads on so far searches for something else. */
export const deepestOffset = 980;

/** How many lines of one video an answer tells. */
export const maxCuesOfHit = 3;

const facetSchema = z.array(z.object({ value: z.string(), count: z.number().int().min(1) }));

/** How many of the found videos have which property, the commonest first; `period` counts up to its age. */
export const facetsSchema = z.object({
  duration: facetSchema,
  period: facetSchema,
  category: facetSchema,
  language: facetSchema,
  tag: facetSchema,
  channel: facetSchema.describe("Ids of channels."),
  captions: facetSchema.describe("`yes` or `no`."),
});
/** See `facetsSchema`. */
export type Facets = z.output<typeof facetsSchema>;

/** A line of a transcript that fits. */
export const cueHitSchema = z.object({
  captionId: idSchema,
  startMs: z.number().int().min(0),
  endMs: z.number().int().min(0),
  text: z.string(),
});

/** What an engine found. */
export const searchAnswerSchema = z.object({
  hits: z.array(z.object({ videoId: idSchema, cues: z.array(cueHitSchema).max(maxCuesOfHit) })),
  words: z
    .array(z.string())
    .describe(
      "Folded words that were searched for in the end: corrected and completed ones instead of what was typed.",
    ),
  corrected: z.string().nullable().describe("The query with its typos put right; null when nothing was."),
  total: z.object({ count: z.number().int().min(0), about: z.boolean().describe("At least so many.") }),
  facets: facetsSchema,
  channels: z
    .array(searchChannelSchema)
    .nullable()
    .describe(
      "Names of the channels in `facets` (and of others), from an engine that reads the tables; null: the caller reads them.",
    ),
  more: z.boolean().describe("Whether another page begins after this one."),
});
/** See `searchAnswerSchema`. */
export type SearchAnswer = z.output<typeof searchAnswerSchema>;

/** What may be meant by the beginning of a query. */
export const suggestionSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("query"), text: z.string() }),
  z.object({ kind: z.literal("video"), text: z.string(), videoId: idSchema }),
  z.object({ kind: z.literal("channel"), text: z.string(), handle: z.string() }),
]);
/** See `suggestionSchema`. */
export type Suggestion = z.output<typeof suggestionSchema>;

/** Which document stands in an engine, and of what it was made. */
export type IndexedDocument = { videoId: string; fingerprint: string };

/** What documents are written into: an engine, or the new index of one that is being rebuilt. */
export type IndexTarget = {
  /** Whose changes it is brought: a name in `search_engines`. */
  readonly name: string;
  /** Whether it answers now; never throws, and takes a second at most. */
  health: () => Promise<boolean>;
  /** Puts documents in the place of whatever it knew of these videos. */
  index: (documents: readonly SearchDocument[]) => Promise<void>;
  /** Forgets videos; unknown ones do not matter. */
  remove: (videoIds: readonly string[]) => Promise<void>;
  indexChannels: (channels: readonly SearchChannel[]) => Promise<void>;
  removeChannels: (channelIds: readonly string[]) => Promise<void>;
};

/** A new index beside the one that answers, empty at first. */
export type Rebuild = {
  target: IndexTarget;
  /** Has it answer instead of the old one, which goes; all at once for whoever searches. */
  publish: () => Promise<void>;
  /** Gives it up; never throws. */
  discard: () => Promise<void>;
};

/**
 * What holds a copy of what can be found. Every method may be called again with the same values. A method that cannot reach
 * its server throws `AppError` `unavailable`, and one whose server has lost the index `gone`.
 */
export type SearchEngine = IndexTarget & {
  readonly name: EngineName;
  search: (request: SearchRequest) => Promise<SearchAnswer>;
  /** At most `limit` of each kind. */
  suggest: (request: { q: string; limit: number }) => Promise<Suggestion[]>;
  /** Videos like this one (of `channelId`), the likest first; never itself. */
  related: (request: { videoId: string; channelId: string; limit: number }) => Promise<string[]>;
  /** All documents, page by page. */
  indexed: () => AsyncIterable<readonly IndexedDocument[]>;
  /** Takes over how often videos were watched lately. */
  takeOverViews: () => Promise<void>;
  /** Begins a new index; null when the engine exchanges its documents in their place instead. */
  beginRebuild: (() => Promise<Rebuild>) | null;
};
