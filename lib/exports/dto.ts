import { z } from "zod";
import { idSchema } from "#lib/ids.ts";
import { failureSchema } from "#lib/videos/dto.ts";

/** What is asked for. `bitrate`: LAME's `v0` or `v2`, or a constant rate in kbit/s. `track`: sound tracks count from 0. */
export const audioRequestSchema = z
  .strictObject({
    format: z.literal("mp3").default("mp3"),
    bitrate: z.union([z.enum(["v0", "v2"]), z.literal([128, 192, 256, 320])]).default("v2"),
    normalize: z.boolean().default(false).describe("Brings the sound to -16 LUFS."),
    track: z.number().int().min(0).max(99).default(0),
  })
  .meta({ id: "AudioRequest" });
/** See `audioRequestSchema`. */
export type AudioRequest = z.output<typeof audioRequestSchema>;

/** A sound file made from a video on request. */
export const audioExportSchema = z
  .object({
    id: idSchema,
    videoId: idSchema,
    options: audioRequestSchema,
    state: z.enum(["queued", "running", "done", "failed", "cancelled"]),
    percent: z.number().describe("0 to 100."),
    failure: failureSchema.nullable(),
    file: z
      .object({ assetId: idSchema, sizeBytes: z.number().int(), downloadUrl: z.string() })
      .nullable()
      .describe("Null until it is done. The address needs the owner's session or token."),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: "AudioExport" });
/** See `audioExportSchema`. */
export type AudioExportDto = z.output<typeof audioExportSchema>;

/** The exports of one video, newest first. */
export const audioExportListSchema = z
  .object({ items: z.array(audioExportSchema), nextCursor: z.null() })
  .meta({ id: "AudioExportList" });
