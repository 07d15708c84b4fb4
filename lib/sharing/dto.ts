import { z } from "zod";
import { siteListSchema } from "#lib/sharing/site-name.ts";

const embeddingSchema = z
  .enum(["anywhere", "listed", "nowhere"])
  .describe("`listed`: in pages of `sites` only. Watch pages and links stay as they are.");

/** Where a channel's videos may be embedded. */
export const channelSharingSchema = z
  .object({ embedding: embeddingSchema, sites: z.array(z.string()) })
  .meta({ id: "ChannelSharing" });
/** See `channelSharingSchema`. */
export type ChannelSharingDto = z.output<typeof channelSharingSchema>;

/** What a channel's owners set. */
export const channelSharingPut = z
  .strictObject({
    embedding: embeddingSchema,
    sites: siteListSchema.default([]).describe("Host names like `example.org` or `*.example.org`; at most 100."),
  })
  .meta({ id: "ChannelSharingPut" });

/** What others may do with one video. */
export const videoSharingSchema = z
  .object({
    embeddable: z.boolean().describe("Whether other sites may show its player, as far as its channel allows it."),
    downloadable: z
      .boolean()
      .describe("Whether whoever may watch it may take its sound file; the channel's podcast holds those only."),
  })
  .meta({ id: "VideoSharing" });
/** See `videoSharingSchema`. */
export type VideoSharingDto = z.output<typeof videoSharingSchema>;

/** What is changed of it. */
export const videoSharingPatch = z
  .strictObject({ embeddable: z.boolean().optional(), downloadable: z.boolean().optional() })
  .meta({ id: "VideoSharingPatch" });
/** See `videoSharingPatch`. */
export type VideoSharingPatch = z.output<typeof videoSharingPatch>;
