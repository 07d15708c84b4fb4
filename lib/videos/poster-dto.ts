import { z } from "zod";
import { failureSchema } from "#lib/videos/dto.ts";

/** A video's poster and what there is to choose from; for those who may edit it. */
export const posterSchema = z.object({
  /** `auto`: the best proposal of each run; `frame`: a chosen frame; `image`: an own picture. */
  origin: z.enum(["auto", "frame", "image"]),
  posterUrl: z.string().nullable(),
  /** Proposals of the present run, the automatic one first. */
  proposals: z.array(z.object({ index: z.number().int(), url: z.string() })),
  /** Whether a chosen frame or image is being made into the poster. */
  making: z.boolean(),
  /** Why the last choice could not be made. */
  failure: failureSchema.nullable(),
  /** Whether frames of the file can be chosen, and up to which moment. */
  frames: z.object({ durationMs: z.number().int() }).nullable(),
});
/** See `posterSchema`. */
export type PosterDto = z.output<typeof posterSchema>;

/** What may be chosen by `PUT /videos/{id}/poster` as JSON; an own picture is sent as its bytes. */
export const posterChangeSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("auto") }),
  z.strictObject({ kind: z.literal("proposal"), index: z.number().int().min(0).max(9) }),
  z.strictObject({ kind: z.literal("frame"), atMs: z.number().int().min(0) }),
]);
/** See `posterChangeSchema`. */
export type PosterChange = z.output<typeof posterChangeSchema>;
