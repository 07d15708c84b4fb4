import { z } from "zod";
import { idSchema } from "#lib/ids.ts";

/** Path parameters of one video. */
export const videoParams = z.object({ videoId: idSchema });

/** Path parameters of one channel. */
export const channelParams = z.object({ handle: z.string().min(1).max(40) });

/** Path parameters of one mark. */
export const watermarkParams = z.object({ watermarkId: idSchema });

/** Path parameters of one export of a video. */
export const exportParams = z.object({ videoId: idSchema, exportId: idSchema });

/** Path parameters of one text track of a video. */
export const captionParams = z.object({ videoId: idSchema, captionId: idSchema });
