import { z } from "zod";
import { idSchema } from "#lib/ids.ts";
import {
  durationClassSchema,
  engineNameSchema,
  facetsSchema,
  periodSchema,
  searchSortSchema,
  suggestionSchema,
} from "#lib/search/engine.ts";
import { videoCategorySchema, videoSchema } from "#lib/videos/dto.ts";

/** What a search may be asked for. */
export const searchQuerySchema = z.strictObject({
  q: z.string().max(200).default("").describe("Words; none finds all that the filters let through."),
  category: videoCategorySchema.optional(),
  language: z.string().min(1).max(35).optional().describe("Language tag of the video."),
  tag: z.string().min(1).max(50).optional(),
  channel: z.string().min(1).max(100).optional().describe("Handle or id of a channel."),
  duration: durationClassSchema.optional().describe("Under 4 minutes, up to 20, longer."),
  period: periodSchema.optional().describe("How long ago it was published at most."),
  captions: z.stringbool().optional().describe("With text tracks, or without."),
  sort: searchSortSchema.default("relevance"),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(50).default(20),
});
/** See `searchQuerySchema`. */
export type SearchQuery = z.output<typeof searchQuerySchema>;

const rangesSchema = z
  .array(z.object({ start: z.number().int(), end: z.number().int() }))
  .describe("What fits in the text: offsets of UTF-16 units, `end` after the last.");

/** A text with what fits in it. */
const highlightSchema = z
  .object({ text: z.string().describe("Plain text, no markup."), ranges: rangesSchema })
  .meta({ id: "SearchHighlight" });

/** A line of a transcript that fits. */
const cueSchema = z
  .object({
    captionId: idSchema,
    startMs: z.number().int().describe("Where to open the video."),
    endMs: z.number().int(),
    text: z.string(),
    ranges: rangesSchema,
  })
  .meta({ id: "SearchCue" });

/** A found video with where it fits. */
export const searchHitSchema = z
  .object({
    video: videoSchema,
    highlights: z.object({
      title: highlightSchema.nullable(),
      description: highlightSchema.nullable().describe("A piece of it around the first word that fits."),
      tags: z.array(z.string()).describe("Tags that fit."),
    }),
    cues: z.array(cueSchema).describe("At most three lines that fit best."),
  })
  .meta({ id: "SearchHit" });

/** What was found. */
export const searchResultSchema = z
  .object({
    items: z.array(searchHitSchema),
    total: z
      .object({ count: z.number().int(), about: z.boolean() })
      .describe("How many were found; `about`: at least so many, and `facets` count these."),
    facets: facetsSchema.extend({
      channel: z.array(z.object({ value: z.string(), count: z.number().int(), handle: z.string(), name: z.string() })),
    }),
    corrected: z.string().nullable().describe("What was searched for instead of a mistyped query."),
    tookMs: z.number(),
    engine: engineNameSchema,
    nextCursor: z.string().nullable(),
  })
  .meta({ id: "SearchResult" });
/** See `searchResultSchema`. */
export type SearchResultDto = z.output<typeof searchResultSchema>;

/** What a suggestion may be asked for. */
export const suggestQuerySchema = z.strictObject({
  q: z.string().max(200),
  limit: z.coerce.number().int().min(1).max(10).default(5).describe("Most suggestions of each kind."),
});

/** What may be meant by the beginning of a query: queries first, then videos, then channels. */
export const suggestionListSchema = z
  .object({ items: z.array(suggestionSchema), nextCursor: z.null() })
  .meta({ id: "SuggestionList" });
/** See `suggestionListSchema`. */
export type SuggestionListDto = z.output<typeof suggestionListSchema>;

/** How many related videos are asked for. */
export const relatedQuerySchema = z.strictObject({ limit: z.coerce.number().int().min(1).max(50).default(12) });

/** Lines of a text track. */
export const cueListSchema = z
  .object({
    items: z.array(
      z.object({
        startMs: z.number().int(),
        endMs: z.number().int(),
        text: z.string().describe("Plain words, lines parted by line feeds."),
      }),
    ),
    nextCursor: z.null(),
  })
  .meta({ id: "CueList" });
/** See `cueListSchema`. */
export type CueListDto = z.output<typeof cueListSchema>;
