import { z } from "zod";

/**
 * What texts take from an event's data. Each kind has some of it, and whatever another version wrote is left out rather
 * than failing: a notice without a detail is better than none.
 */
const eventFactsSchema = z.object({
  title: z.string().catch(""),
  /** A code of lib/media/failures.ts. */
  code: z.string().catch("internal"),
  assetId: z.string().nullable().catch(null),
  percent: z.number().catch(0),
  reason: z.string().catch(""),
  inviter: z.string().catch(""),
  channel: z.string().catch(""),
  host: z.string().catch(""),
  days: z.number().catch(0),
  username: z.string().catch(""),
  email: z.string().catch(""),
  /** Who wrote a comment. */
  author: z.string().catch(""),
  commentId: z.string().nullable().catch(null),
  held: z.boolean().catch(false),
});

/** See `eventFactsSchema`. */
export type EventFacts = z.output<typeof eventFactsSchema>;

/** The facts of an event's or a notice's data. */
export const eventFacts = (data: unknown): EventFacts => eventFactsSchema.parse(data);
