import { z } from "zod";
import { locales } from "#lib/i18n/locale.ts";
import { videoSchema } from "#lib/videos/dto.ts";
import { labelClasses } from "./classes.ts";

const wordsSchema = z.object({ en: z.string(), uk: z.string() }).describe("What it is called, by language.");

/** What may be decided about: a kind of thing, or the place of recording. */
export const suggestionNameSchema = z.enum([...labelClasses, "place"]);
/** See `suggestionNameSchema`. */
export type SuggestionName = z.output<typeof suggestionNameSchema>;

/** Tags that are suggested for a video. */
export const suggestedTagsSchema = z
  .object({
    state: z
      .enum(["off", "waiting", "done", "partial", "unavailable"])
      .describe(
        "Whether the stills were looked at: `partial` when time was up before the last one, `unavailable` where the model does not start, `off` where the operator wants none.",
      ),
    items: z
      .array(
        z.object({
          label: z.enum(labelClasses),
          words: wordsSchema,
          confidence: z.number().min(0).max(1).describe("Of the model in its best still."),
          frames: z.number().int().describe("In how many stills it was seen."),
        }),
      )
      .describe("Open suggestions, the surest first."),
    place: z
      .object({
        words: wordsSchema,
        city: z
          .string()
          .nullable()
          .describe("Null where no known city is within 40 km; the words are coordinates then."),
        latitude: z.number(),
        longitude: z.number(),
      })
      .nullable()
      .describe("Where the file says it was recorded, to about a kilometre; only for accounts that asked for it."),
  })
  .meta({ id: "SuggestedTags" });
/** See `suggestedTagsSchema`. */
export type SuggestedTagsDto = z.output<typeof suggestedTagsSchema>;

/** How a suggestion is accepted. */
export const acceptSchema = z
  .strictObject({ language: z.enum(locales).describe("In which language the tag is written.") })
  .meta({ id: "SuggestedTagAccept" });

/** What there is after a suggestion was accepted. */
export const acceptedSchema = z
  .object({ video: videoSchema, suggestions: suggestedTagsSchema })
  .meta({ id: "SuggestedTagAccepted" });
/** See `acceptedSchema`. */
export type AcceptedDto = z.output<typeof acceptedSchema>;

/** What an account allows for the videos that it uploads. */
export const labelSettingsSchema = z
  .strictObject({
    placeFromFile: z.boolean().describe("Whether the place that a file carries is read and suggested as a tag."),
  })
  .meta({ id: "LabelSettings" });
/** See `labelSettingsSchema`. */
export type LabelSettingsDto = z.output<typeof labelSettingsSchema>;
