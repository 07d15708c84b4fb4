import { z } from "zod";

/** Result of a `text` step: what of the file's own words was stored, and its chapters. */
export const textResultSchema = z.object({
  captions: z.array(
    z.object({
      id: z.string(),
      language: z.string(),
      label: z.string(),
      kind: z.enum(["subtitles", "captions"]),
      isDefault: z.boolean(),
      /** The WebVTT object. */
      key: z.string(),
      sizeBytes: z.number().int().positive(),
      cueCount: z.number().int().positive(),
    }),
  ),
  chapters: z.array(z.object({ startMs: z.number().int().nonnegative(), title: z.string() })),
});
/** See `textResultSchema`. */
export type TextResult = z.output<typeof textResultSchema>;
