import { z } from "zod";
import { idSchema } from "#lib/ids.ts";

/** A poster that is being made, as `videos.poster_choice` holds it; a later choice replaces it. */
export const posterChoiceSchema = z.object({
  /** Only the making that knows it may end it. */
  id: idSchema,
  want: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("frame"), atMs: z.number().int().nonnegative() }),
    /** The chosen frame again, with the mark that the video is to carry now, or without one. */
    z.object({ kind: z.literal("mark"), posterKey: z.string() }),
    z.object({ kind: z.literal("image"), imageKey: z.string(), format: z.enum(["jpeg", "png", "webp"]) }),
  ]),
  /** Why it could not be made; null while it is being made. */
  failureCode: z.string().nullable(),
});
/** See `posterChoiceSchema`. */
export type PosterChoice = z.output<typeof posterChoiceSchema>;

/** The choice that a row holds, or null. */
export const posterChoiceOf = (row: { posterChoice: unknown }): PosterChoice | null =>
  posterChoiceSchema.nullable().parse(row.posterChoice ?? null);
