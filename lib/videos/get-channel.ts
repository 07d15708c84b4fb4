import { z } from "zod";
import type { Viewer } from "#lib/accounts/viewer.ts";
import { db } from "#lib/db/client.ts";
import { findChannelByHandle } from "#lib/db/queries/channels.ts";
import { AppError } from "#lib/errors.ts";
import { channelRefSchema } from "#lib/videos/dto.ts";

/** A channel as everyone sees it. */
export const channelSchema = channelRefSchema.extend({
  createdAt: z.iso.datetime(),
  /** Whether it is the caller's own. */
  own: z.boolean(),
});
/** See `channelSchema`. */
export type ChannelDto = z.output<typeof channelSchema>;

/** The channel with that handle, whatever its case, with or without `@`. Throws `not_found`. */
export const getChannel = async ({ viewer, handle }: { viewer: Viewer; handle: string }): Promise<ChannelDto> => {
  // No handle holds a zero byte, and the database would refuse to look for one.
  const channel = handle.includes("\0") ? null : await findChannelByHandle(db(), handle.replace(/^@/, ""));
  if (channel === null) throw new AppError("not_found");
  return {
    id: channel.id,
    handle: channel.handle,
    name: channel.name,
    createdAt: channel.createdAt.toISOString(),
    own: viewer?.id === channel.ownerId,
  };
};
