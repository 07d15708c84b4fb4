import { z } from "zod";
import { maxCueMs, maxCues } from "#lib/media/captions/caption-cue.ts";

const times = { startMs: z.number().int().min(0).max(maxCueMs), endMs: z.number().int().min(0).max(maxCueMs) };
const textWords =
  "A WebVTT payload: `&`, `<` and `>` escaped, with no tags but `<b>`, `<i>` and `<u>`; at most eight lines.";
const settingsWords = "Where it stands, as WebVTT writes it (`align:start line:0`); empty: where the player puts it.";

/** The captions of a text track as they are edited. */
export const captionScriptSchema = z
  .object({
    version: z.string().describe("Changes whenever the words do; send it back with your changes."),
    items: z.array(
      z.object({ ...times, text: z.string().describe(textWords), settings: z.string().describe(settingsWords) }),
    ),
  })
  .meta({ id: "CaptionScript" });
/** See `captionScriptSchema`. */
export type CaptionScriptDto = z.output<typeof captionScriptSchema>;

/** Captions that take the place of all others of a track, in any order. */
export const captionScriptChangeSchema = z
  .strictObject({
    version: z
      .string()
      .min(1)
      .max(50)
      .describe("The version that was changed; `conflict` when it is no longer the present one."),
    items: z
      .array(
        z.strictObject({
          ...times,
          text: z.string().min(1).max(8_000).describe(textWords),
          settings: z.string().max(300).default("").describe(settingsWords),
        }),
      )
      .max(maxCues),
  })
  .meta({ id: "CaptionScriptChange" });
/** See `captionScriptChangeSchema`. */
export type CaptionScriptChange = z.output<typeof captionScriptChangeSchema>;

/** Largest body of a change, in bytes: as many captions as a track may have, of a usual length. */
export const captionScriptLimit = 6 * 1024 * 1024;
