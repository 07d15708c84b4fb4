import { z } from "zod";
import { idSchema } from "#lib/ids.ts";
import { watermarkDesignSchema } from "#lib/media/plan/wishes.ts";

/** Where and how a mark stands; the rest of a design is what it shows. */
export const watermarkPlacementSchema = z
  .strictObject({
    ...watermarkDesignSchema.pick({ position: true, opacity: true, scale: true, margin: true }).shape,
  })
  .meta({ id: "WatermarkPlacement" });
/** See `watermarkPlacementSchema`. */
export type WatermarkPlacement = z.output<typeof watermarkPlacementSchema>;

/** A preset: a mark of a channel or of the whole instance. */
export const watermarkSchema = z
  .object({
    id: idSchema,
    channelId: idSchema.nullable().describe("Null for one of the instance, which every creator may use."),
    name: z.string(),
    design: watermarkDesignSchema,
    state: z
      .enum(["empty", "drawing", "ready", "failed"])
      .describe("`empty`: no image was sent yet; `drawing`: the image is being made; `ready`: may be used."),
    failure: z.object({ code: z.string(), message: z.string(), hint: z.string() }).nullable(),
    image: z
      .object({ url: z.string(), width: z.number().int(), height: z.number().int() })
      .nullable()
      .describe("The image as it is burned in: a PNG. Changes with the image, so it may be kept."),
    editable: z.boolean().describe("Whether the caller may change it."),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: "Watermark" });
/** See `watermarkSchema`. */
export type WatermarkDto = z.output<typeof watermarkSchema>;

/** All presets that a video of the channel may carry. */
export const watermarkListSchema = z
  .object({
    items: z.array(watermarkSchema),
    mayOffer: z.boolean().describe("Whether the caller may make marks of the instance."),
  })
  .meta({ id: "WatermarkList" });
/** See `watermarkListSchema`. */
export type WatermarkListDto = z.output<typeof watermarkListSchema>;

const name = z.string().trim().min(1).max(60);
const text = z.string().trim().min(1).max(80);
const usual = { position: "bottom-right", opacity: 0.8, scale: 0.15, margin: 0.04 } as const;

/** A new preset. `text` makes it a text, its absence an image that is sent next. */
export const newWatermarkSchema = z
  .strictObject({
    name,
    channelId: idSchema
      .nullable()
      .optional()
      .describe("Null: of the instance (admins only); absent: of the caller's own channel; another's: for admins."),
    text: text.optional(),
    placement: watermarkPlacementSchema.default(usual),
  })
  .meta({ id: "NewWatermark" });
/** See `newWatermarkSchema`. */
export type NewWatermark = z.output<typeof newWatermarkSchema>;

/** What may be changed of a preset. Videos keep the mark they have until they are given it anew. */
export const watermarkPatchSchema = z
  .strictObject({
    name: name.optional(),
    text: text.optional(),
    placement: watermarkPlacementSchema.optional(),
  })
  .meta({ id: "WatermarkPatch" });
/** See `watermarkPatchSchema`. */
export type WatermarkPatch = z.output<typeof watermarkPatchSchema>;

/** The mark a video is to carry. `placement` takes the place of the preset's for this video. */
export const videoWatermarkChoiceSchema = z
  .strictObject({
    watermarkId: idSchema.nullable(),
    placement: watermarkPlacementSchema.optional(),
  })
  .meta({ id: "VideoWatermarkChoice" });
/** See `videoWatermarkChoiceSchema`. */
export type VideoWatermarkChoice = z.output<typeof videoWatermarkChoiceSchema>;

/** The mark of a video, for those who may edit it. */
export const videoWatermarkSchema = z
  .object({
    watermark: z
      .object({
        watermarkId: idSchema,
        design: watermarkDesignSchema,
        image: z.object({ url: z.string(), width: z.number().int(), height: z.number().int() }),
      })
      .nullable()
      .describe("What is wished; null for none."),
    applied: z
      .boolean()
      .describe(
        "Whether what viewers get has this mark (or none, as wished); false until the run that burns it in has ended.",
      ),
    groundUrl: z
      .string()
      .nullable()
      .describe(
        "The video's poster without any mark, to place one on; null while there is none. For those who may edit only.",
      ),
  })
  .meta({ id: "VideoWatermark" });
/** See `videoWatermarkSchema`. */
export type VideoWatermarkDto = z.output<typeof videoWatermarkSchema>;
