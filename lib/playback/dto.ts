import { z } from "zod";
import { idSchema } from "#lib/ids.ts";
import { siteListSchema } from "#lib/sharing/site-name.ts";

/** What opens one video to whoever has it. */
export const playbackTokenSchema = z
  .object({
    id: idSchema,
    note: z.string().describe("For whom or what it is, in its maker's words."),
    sites: z.array(z.string()).describe("Sites that may embed the video with it; none: it opens the watch page too."),
    state: z.enum(["open", "expired", "revoked"]),
    expiresAt: z.iso.datetime(),
    revokedAt: z.iso.datetime().nullable(),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: "PlaybackToken" });
/** See `playbackTokenSchema`. */
export type PlaybackTokenDto = z.output<typeof playbackTokenSchema>;

/** A token that was just made: the only answer that holds the token itself. */
export const madePlaybackTokenSchema = playbackTokenSchema
  .extend({
    token: z.string(),
    watchUrl: z.string().nullable().describe("The watch page with the token; null when it is for embeds only."),
    embedUrl: z.string().describe("The player with the token, for other sites' frames."),
  })
  .meta({ id: "MadePlaybackToken" });
/** See `madePlaybackTokenSchema`. */
export type MadePlaybackTokenDto = z.output<typeof madePlaybackTokenSchema>;

/** A page of a video's tokens, newest first. */
export const playbackTokenPageSchema = z
  .object({ items: z.array(playbackTokenSchema), nextCursor: z.string().nullable() })
  .meta({ id: "PlaybackTokenPage" });
/** See `playbackTokenPageSchema`. */
export type PlaybackTokenPageDto = z.output<typeof playbackTokenPageSchema>;

/** What makes a token. */
export const newPlaybackTokenSchema = z
  .strictObject({
    expiresAt: z.iso.datetime({ offset: true }).describe("Within a year."),
    note: z.string().trim().max(200).default(""),
    sites: siteListSchema
      .default([])
      .describe("Host names like `example.org` or `*.example.org`; with any, the token opens embeds there only."),
  })
  .meta({ id: "NewPlaybackToken" });
/** See `newPlaybackTokenSchema`. */
export type NewPlaybackToken = z.output<typeof newPlaybackTokenSchema>;

/** Which part of the tokens is asked for. */
export const playbackTokenQuerySchema = z.strictObject({
  cursor: idSchema.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
});
/** See `playbackTokenQuerySchema`. */
export type PlaybackTokenQuery = z.output<typeof playbackTokenQuerySchema>;

/** How many tokens were revoked. */
export const revokedPlaybackTokensSchema = z
  .object({ revoked: z.number().int() })
  .meta({ id: "RevokedPlaybackTokens" });

/** A token as it comes with an address; anything longer is none of ours. */
export const playbackTokenParameter = z
  .string()
  .max(100)
  .optional()
  .describe("A playback token: opens a private video to whoever has it.");
