import { z } from "zod";

/** Where a mark stands in the picture. */
export const watermarkPositions = ["top-left", "top-right", "bottom-left", "bottom-right", "center"] as const;

/** How a mark looks: an image or a text (drawn once to an image), and its place. Shares of the picture, so that every rung shows the same. */
export const watermarkDesignSchema = z.object({
  kind: z.enum(["image", "text"]),
  text: z.string().trim().min(1).max(80).nullable().describe("The words of a text mark; null for an image."),
  position: z.enum(watermarkPositions),
  opacity: z.number().min(0.05).max(1).describe("0.05 to 1."),
  scale: z.number().min(0.02).max(0.6).describe("Width of the mark as a share of the picture's width."),
  margin: z.number().min(0).max(0.2).describe("Distance from the edges as a share of the picture's short side."),
});
/** See `watermarkDesignSchema`. */
export type WatermarkDesign = z.output<typeof watermarkDesignSchema>;

/** A mark as a run burns it in; `imageKey` is the re-encoded PNG in the object store, for texts too. */
export const watermarkWishSchema = z.object({
  watermarkId: z.string(),
  design: watermarkDesignSchema,
  imageKey: z.string(),
  imageWidth: z.number().int().positive().describe("Of the stored image, in pixels."),
  imageHeight: z.number().int().positive(),
});
/** See `watermarkWishSchema`. */
export type WatermarkWish = z.output<typeof watermarkWishSchema>;

/** What a person wants of a video's processing; stored with the video, copied into each run when it starts. */
export const wishesSchema = z.object({
  watermark: watermarkWishSchema.nullable().default(null),
  normalizeLoudness: z.boolean().default(false).describe("Brings the sound to one loudness (EBU R 128, -16 LUFS)."),
  audioOnly: z
    .boolean()
    .default(false)
    .describe("Only the sound is wanted: the picture is left out as if the file had none."),
  mp3: z.boolean().default(false).describe("An MP3 is made with every run."),
});
/** See `wishesSchema`. */
export type Wishes = z.output<typeof wishesSchema>;

/** Nothing in particular. */
export const noWishes: Wishes = wishesSchema.parse({});
