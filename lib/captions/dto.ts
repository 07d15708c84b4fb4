import { z } from "zod";
import { idSchema } from "#lib/ids.ts";
import { languageTag } from "#lib/media/captions/caption-language.ts";

const language = z
  .string()
  .max(35)
  .refine((text) => languageTag(text) !== null, "language");
const label = z.string().trim().max(80);
const kind = z.enum(["subtitles", "captions"]);

/** What is said of a caption file that is sent. An empty label becomes the language's own name. */
export const captionFactsSchema = z.strictObject({
  language: language.default("und"),
  label: label.default(""),
  /** `captions` also tell of sounds. */
  kind: kind.default("subtitles"),
  isDefault: z.boolean().default(false).describe("Shown unasked."),
});
/** See `captionFactsSchema`. */
export type CaptionFacts = z.output<typeof captionFactsSchema>;

/** The same in a query string, beside a file as the body. */
export const captionQuerySchema = captionFactsSchema.extend({ isDefault: z.stringbool().default(false) });

/** The same with the file's text, as JSON. */
export const captionTextSchema = captionFactsSchema
  .extend({
    text: z.string().optional().describe("Without it the track has no words yet, and players do not show it."),
  })
  .meta({ id: "CaptionText" });

/** What may be changed of a text track. */
export const captionPatchSchema = z
  .strictObject({
    language: language.optional(),
    label: label.optional(),
    kind: kind.optional(),
    isDefault: z.boolean().optional(),
  })
  .meta({ id: "CaptionPatch" });
/** See `captionPatchSchema`. */
export type CaptionPatch = z.output<typeof captionPatchSchema>;

/** A text track of a video. */
export const captionSchema = z
  .object({
    id: idSchema,
    language: z.string(),
    label: z.string(),
    kind,
    origin: z
      .enum(["file", "upload", "edited"])
      .describe("Found in the media file, uploaded, or found in the file and edited since."),
    isDefault: z.boolean(),
    cueCount: z.number().int(),
    sizeBytes: z.number().int(),
    downloadUrl: z.string().describe("Gives it as a WebVTT file."),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: "Caption" });
/** See `captionSchema`. */
export type CaptionDto = z.output<typeof captionSchema>;

/** The text tracks of one video. */
export const captionListSchema = z
  .object({ items: z.array(captionSchema), nextCursor: z.null() })
  .meta({ id: "CaptionList" });
/** See `captionListSchema`. */
export type CaptionListDto = z.output<typeof captionListSchema>;
