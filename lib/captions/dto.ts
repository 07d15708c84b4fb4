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
  /** Shown unasked. */
  isDefault: z.boolean().default(false),
});
/** See `captionFactsSchema`. */
export type CaptionFacts = z.output<typeof captionFactsSchema>;

/** The same in a query string, beside a file as the body. */
export const captionQuerySchema = captionFactsSchema.extend({ isDefault: z.stringbool().default(false) });

/** The same with the file's text, as JSON. */
export const captionTextSchema = captionFactsSchema.extend({ text: z.string() });

/** What may be changed of a text track. */
export const captionPatchSchema = z.strictObject({
  language: language.optional(),
  label: label.optional(),
  kind: kind.optional(),
  isDefault: z.boolean().optional(),
});
/** See `captionPatchSchema`. */
export type CaptionPatch = z.output<typeof captionPatchSchema>;

/** A text track of a video. */
export const captionSchema = z.object({
  id: idSchema,
  language: z.string(),
  label: z.string(),
  kind,
  /** Found in the media file, or uploaded. */
  origin: z.enum(["file", "upload"]),
  isDefault: z.boolean(),
  cueCount: z.number().int(),
  sizeBytes: z.number().int(),
  /** Gives it as a WebVTT file. */
  downloadUrl: z.string(),
  createdAt: z.iso.datetime(),
});
/** See `captionSchema`. */
export type CaptionDto = z.output<typeof captionSchema>;

/** The text tracks of one video. */
export const captionListSchema = z.object({ items: z.array(captionSchema), nextCursor: z.null() });
/** See `captionListSchema`. */
export type CaptionListDto = z.output<typeof captionListSchema>;
