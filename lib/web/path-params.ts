import { z } from "zod";
import { jobIdSchema } from "#lib/admin/dto.ts";
import { idSchema } from "#lib/ids.ts";
import { suggestionNameSchema } from "#lib/labels/dto.ts";

/** Path parameters of one video. */
export const videoParams = z.object({ videoId: idSchema });

/** Path parameters of one channel. */
export const channelParams = z.object({ handle: z.string().min(1).max(40) });

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    // A lone percent sign names nobody.
    return "";
  }
};

/** Path parameters of a channel's feeds, which lie below its page: `@handle`, however its `@` is written. */
export const feedParams = z.object({ handle: z.string().min(1).max(60).transform(decoded) });

/** Path parameters of somebody who works on a channel. */
export const memberParams = channelParams.extend({ userId: idSchema });

/** Path parameters of an invitation as its channel's owners name it. */
export const channelInvitationParams = channelParams.extend({ invitationId: idSchema });

/** Path parameters of an invitation as the invited person names it: its id, or the secret of the mail. */
export const receivedInvitationParams = z.object({ invitation: z.string().min(16).max(100) });

/** Path parameters of one mark. */
export const watermarkParams = z.object({ watermarkId: idSchema });

/** Path parameters of one export of a video. */
export const exportParams = z.object({ videoId: idSchema, exportId: idSchema });

/** Path parameters of one playback token of a video. */
export const playbackTokenParams = z.object({ videoId: idSchema, tokenId: idSchema });

/** Path parameters of one suggested tag of a video. */
export const suggestedTagParams = z.object({ videoId: idSchema, name: suggestionNameSchema });

/** Path parameters of one text track of a video. */
export const captionParams = z.object({ videoId: idSchema, captionId: idSchema });

/** Path parameters of one of the caller's sessions. */
export const sessionParams = z.object({ sessionId: idSchema });

/** Path parameters of one of the caller's API tokens. */
export const apiTokenParams = z.object({ tokenId: idSchema });

/** Path parameters of a service with which the caller can sign in. */
export const connectionParams = z.object({ connectionId: idSchema });

/** Path parameters of a file with the caller's data. */
export const accountExportParams = z.object({ exportId: idSchema });

/** Path parameters of one account. */
export const userParams = z.object({ userId: idSchema });

/** Path parameters of an account as everybody names it. */
export const publicUserParams = z.object({ username: z.string().min(1).max(40) });

/** Path parameters of one piece of work. */
export const jobParams = z.object({ jobId: jobIdSchema });

/** Path parameters of one webhook. */
export const webhookParams = z.object({ webhookId: idSchema });

/** Path parameters of one delivery of a webhook. */
export const deliveryParams = webhookParams.extend({ deliveryId: idSchema });

/** Path parameters of one comment. */
export const commentParams = z.object({ commentId: idSchema });

/** Path parameters of one playlist. */
export const playlistParams = z.object({ playlistId: idSchema });

/** Path parameters of a place in a playlist. */
export const playlistItemParams = playlistParams.extend({ itemId: idSchema });
