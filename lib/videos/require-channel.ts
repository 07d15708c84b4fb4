import { db } from "#lib/db/client.ts";
import { findChannelByHandle } from "#lib/db/queries/channels.ts";
import { AppError } from "#lib/errors.ts";

/** The channel as everyone may see it. `handle` comes without `@`, in any case. Throws `not_found`. */
export const requireChannel = async ({
  handle,
}: {
  handle: string;
}): Promise<{ id: string; handle: string; name: string }> => {
  const row = await findChannelByHandle(db(), handle);
  if (row === null) throw new AppError("not_found");
  return { id: row.id, handle: row.handle, name: row.name };
};
