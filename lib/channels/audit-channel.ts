import type { Tx } from "#lib/db/client.ts";
import { recordAudit } from "#lib/db/queries/audit.ts";

/** Something that was done to a channel, for the audit log. */
export type ChannelDeed = {
  actorId: string;
  channelId: string;
  /** Stable name, like `channel.edit`. */
  action: string;
  details?: Record<string, unknown>;
};

/** Records what was done to a channel, in the transaction of the doing. */
export const auditChannel = (tx: Tx, { actorId, channelId, action, details = {} }: ChannelDeed): Promise<void> =>
  recordAudit(tx, { actorId, action, targetType: "channel", targetId: channelId, details });
