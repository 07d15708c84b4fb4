import { z } from "zod";
import { idSchema } from "#lib/ids.ts";

/** What a channel's uploads get when they do not say otherwise. */
export const channelDefaultsSchema = z
  .strictObject({
    watermark: z
      .union([z.enum(["site", "none"]), idSchema])
      .default("site")
      .describe("`site`: the mark that the instance puts on new videos, if any; `none`; or the id of a mark."),
    audio: z.boolean().default(false).describe("An MP3 is made with the video."),
    normalize: z.boolean().default(false).describe("Brings the sound to one loudness."),
  })
  .meta({ id: "ChannelUploadDefaults" });
/** See `channelDefaultsSchema`. */
export type ChannelDefaults = z.output<typeof channelDefaultsSchema>;

/** What the instance puts on new videos of channels that leave it to the site. */
export const siteDefaultsSchema = z
  .strictObject({ watermarkId: idSchema.nullable() })
  .meta({ id: "SiteUploadDefaults" });
/** See `siteDefaultsSchema`. */
export type SiteDefaults = z.output<typeof siteDefaultsSchema>;

/** What the caller's uploads get, and where it comes from. */
export const uploadDefaultsSchema = z
  .object({
    channel: channelDefaultsSchema,
    site: siteDefaultsSchema,
    watermarkId: idSchema.nullable().describe("The mark that an upload without a word about it carries."),
  })
  .meta({ id: "UploadDefaults" });
/** See `uploadDefaultsSchema`. */
export type UploadDefaultsDto = z.output<typeof uploadDefaultsSchema>;
