import { z } from "zod";
import { stepKinds } from "#lib/db/queries/runs/run-steps.ts";
import { stepAssetSchema } from "#lib/media/playlists/rendition-parts.ts";

const bytes = z.number().int().nonnegative();

/** What a plan must tell the life cycle; the rest of it is the media room's own. */
export const probeResultSchema = z.object({
  plan: z.looseObject({
    steps: z.array(
      z.object({
        kind: z.enum(stepKinds),
        ordinal: z.number().int().nonnegative().default(0),
        required: z.boolean().default(true),
        weight: z.number().nonnegative().default(1),
      }),
    ),
  }),
});

/** Result of a finish step: what the run made, as the flip writes it. */
export const finishResultSchema = z.object({
  durationMs: z.number().int().nonnegative(),
  width: z.number().int().nullable(),
  height: z.number().int().nullable(),
  /** Frames per second; stored as text. */
  frameRate: z.union([z.string(), z.number().transform(String)]).nullable(),
  posterKey: z.string().nullable(),
  posterWidths: z.array(z.number().int()).default([]),
  dominantColor: z.string().nullable(),
  renditions: z.array(
    z.object({
      kind: z.enum(["video", "audio"]),
      name: z.string(),
      width: z.number().int().nullable(),
      height: z.number().int().nullable(),
      frameRate: z.string().nullable(),
      bandwidth: z.number().int(),
      averageBandwidth: z.number().int(),
      codecs: z.string(),
      language: z.string().nullable(),
      segmentCount: z.number().int(),
      sizeBytes: bytes,
    }),
  ),
  assets: z.array(
    z.object({
      kind: z.enum(["rendition", "audio", "playlists", ...stepAssetSchema.shape.kind.options]),
      key: z.string(),
      sizeBytes: bytes,
      contentType: z.string(),
    }),
  ),
});
